'use client'

// The last resort: the root layout itself failed, so there are no words, styles or providers to lean on.
export default function RootFailed({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body
        style={{
          fontFamily: 'system-ui, sans-serif',
          maxWidth: '26rem',
          margin: '20vh auto',
          padding: '1rem',
        }}
      >
        <main>
          <h1 lang="fa" dir="rtl" style={{ fontSize: '1.1rem' }}>
            پیک الان پاسخ نمی‌دهد. پیام‌هایتان سالم‌اند؛ کمی بعد دوباره امتحان کنید.
          </h1>
          <p>Peyk does not answer right now. Your messages are safe; try again in a moment.</p>
          <button type="button" onClick={reset}>
            Try again · تلاش دوباره
          </button>
        </main>
      </body>
    </html>
  )
}
