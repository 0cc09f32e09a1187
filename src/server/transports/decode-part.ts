/** Decodes what stands in a path; what is not decodable stays as it came, and is nothing's id. */
export const decodePart = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
