'use client'

import './global-error.css'

// The last resort: the root layout itself failed, so there are no words or providers to lean on, and maybe no script:
// the page may have been rendered when it was built, and then nothing of it runs.
export default function RootFailed() {
  return (
    <html lang="en">
      <body className="last-resort">
        <main>
          <h1 lang="fa" dir="rtl">
            پیک الان پاسخ نمی‌دهد. پیام‌هایتان سالم‌اند؛ کمی بعد دوباره امتحان کنید.
          </h1>
          <p>Peyk does not answer right now. Your messages are safe; try again in a moment.</p>
          <a href="?again">Try again · تلاش دوباره</a>
        </main>
      </body>
    </html>
  )
}
