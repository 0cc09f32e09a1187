export interface Uploaded {
  id: string
  name: string
}

/** Takes a visitor's file along; null where it was not taken. */
export async function uploadFile(token: string, file: File): Promise<Uploaded | null> {
  const answer = await fetch(`/widget/files?${new URLSearchParams({ name: file.name })}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
    body: file,
  }).catch(() => null)
  return answer?.ok ? ((await answer.json()) as Uploaded) : null
}
