/** Two soft tones; a browser that nobody has touched stays silent. */
export function chime() {
  try {
    const audio = new AudioContext()
    for (const [pitch, at] of [
      [660, 0],
      [880, 0.12],
    ] as const) {
      const [tone, loudness] = [audio.createOscillator(), audio.createGain()]
      tone.frequency.value = pitch
      loudness.gain.setValueAtTime(0.06, audio.currentTime + at)
      loudness.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + at + 0.25)
      tone.connect(loudness).connect(audio.destination)
      tone.start(audio.currentTime + at)
      tone.stop(audio.currentTime + at + 0.3)
    }
    setTimeout(() => void audio.close(), 1_000)
  } catch {
    // No sound is no harm.
  }
}
