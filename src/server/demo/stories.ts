/** Who wrote a line: the customer, the owner who signs in, or their colleague. */
export type Voice = 'customer' | 'sara' | 'ali'

export interface Line {
  by: Voice
  /** Minutes before the demo was made. */
  ago: number
  text: string
}

/** What was said with one customer before the visitor came. */
export interface Story {
  chatId: number
  lines: Line[]
  /** How many of the lines have been read; all, where nothing is said. */
  read?: number
  isClosed?: boolean
  /** The customer has blocked the bot, so the last answer did not arrive. */
  hasBlocked?: boolean
}

const HOUR = 60
const DAY = 24 * HOUR

const said =
  (by: Voice) =>
  (ago: number, text: string): Line => ({ by, ago, text })
const they = said('customer')
const sara = said('sara')
const ali = said('ali')

const maryam: Story = {
  chatId: 8_000_001,
  read: 4,
  lines: [
    they(1 * DAY + 190, 'سلام، شال ابریشمی آبی هنوز موجود است؟ 🧣'),
    sara(1 * DAY + 186, 'سلام مریم جان، بله؛ سه تا مانده. یکی برایتان کنار بگذارم؟'),
    they(1 * DAY + 185, 'لطفاً! همین حالا سفارش می‌دهم.'),
    sara(1 * DAY + 171, 'رسید، ممنون 🌷 شمارهٔ سفارشتان ۸۴۱۲ است و فردا راه می‌افتد.'),
    they(9, 'سلام وقت بخیر'),
    they(8, 'سفارش ۸۴۱۲ را دیروز ثبت کردم، ولی کد رهگیری TRK-99-2214 چیزی نشان نمی‌دهد.'),
    they(4, 'ممکن است بررسی کنید؟ برای تولد مادرم است و پنج‌شنبه لازمش دارم 🙏'),
  ],
}

const jonas: Story = {
  chatId: 8_000_002,
  lines: [
    they(52, 'Hi! The size chart says M, but the linen shirt is rather small.'),
    sara(47, 'Sorry about that, Jonas. Shall we swap it for an L?'),
    they(46, 'Yes please! Same colour if you have it.'),
    sara(31, 'We do: sand, size L. Here is your return label: https://shop.example/returns/PK-8390?size=L'),
    sara(31, 'Just hand the parcel in anywhere that shows the blue sign.'),
    they(17, 'Perfect, that was easy. Thank you!'),
  ],
}

const golnaz: Story = {
  chatId: 9_000_005,
  read: 2,
  lines: [
    they(3 * HOUR, 'سلام! این شال آبی که در استوری بود، چند است؟'),
    sara(3 * HOUR - 6, 'سلام گلناز جان، ۶۸۰ هزار تومان؛ ارسال تهران رایگان است.'),
    they(26, 'عالی، همین را می‌خواهم 😍 چطور سفارش بدهم؟'),
  ],
}

const hannah: Story = {
  chatId: 1,
  lines: [
    they(2 * HOUR + 20, 'Is the saffron rock candy back in stock this week?'),
    ali(2 * HOUR + 15, 'It came in this morning, Hannah. Shall I put a box aside for you?'),
    they(2 * HOUR + 11, 'Yes please, two of them!'),
    ali(2 * HOUR + 10, 'Done: two boxes are waiting under your name until Saturday.'),
  ],
}

const reza: Story = {
  chatId: 8_000_004,
  read: 0,
  lines: [they(84, 'سلام'), they(83, 'آیا ارسال به Berlin هم دارید؟ هزینهٔ DHL Express چقدر می‌شود؟')],
}

const maximiliane: Story = {
  chatId: 8_000_010,
  read: 3,
  lines: [
    they(
      4 * HOUR,
      'Hello, I am wiring your order feed into our stock system. Which time zone is paid_at in?',
    ),
    ali(4 * HOUR - 12, 'Hi Maximiliane! Always UTC, in ISO 8601.'),
    ali(
      4 * HOUR - 13,
      '{\n  "order": "PK-8420",\n  "status": "paid",\n  "paid_at": "2026-11-20T08:15:00Z"\n}',
    ),
    they(
      3 * HOUR + 5,
      'Thank you. One more thing, then I will leave you in peace: every order that we cancel ourselves comes back in the next export as “open”, with the old total, so our stock is counted twice and somebody has to correct it by hand each Monday morning. Is there a field that tells the two apart, or do you want me to filter them by the cancellation date? I can send the exports of the last three weeks if that helps.',
    ),
  ],
}

const tom: Story = {
  chatId: 8_000_012,
  hasBlocked: true,
  lines: [
    they(6 * HOUR + 20, 'My parcel says delivered, but nothing is here 😕'),
    sara(6 * HOUR + 12, 'Let me ask the courier, Tom. One moment please.'),
    they(6 * HOUR + 10, 'Thanks. The code is PK-8377, and the neighbours have nothing either.'),
    sara(
      5 * HOUR + 2,
      'Found it: the driver left it at the corner shop on Elm Street, under your name. They are open until ten.',
    ),
  ],
}

const tabatabaei: Story = {
  chatId: 8_000_009,
  lines: [
    they(
      1 * DAY + 7 * HOUR,
      'سلام و احترام. ما یک فروشگاه صنایع‌دستی در اصفهان داریم و می‌خواهیم برای هدیهٔ پایان سال همکارانمان حدود چهل بستهٔ یک‌شکل سفارش بدهیم: یک شال، یک شمع دست‌ساز و کارت تبریک با نشان خودمان. آیا برای این تعداد تخفیف در نظر می‌گیرید، و اگر تا دهم آذر قطعی کنیم، پیش از شب یلدا به دستمان می‌رسد؟',
    ),
    sara(
      1 * DAY + 6 * HOUR,
      'سلام آقای طباطبایی، چه سفارش قشنگی! برای چهل بسته ۱۵٪ تخفیف داریم و تا دهم آذر، بله، می‌رسد.',
    ),
    sara(
      1 * DAY + 6 * HOUR - 1,
      'نمونهٔ کارت را لطفاً به studio@shop.example بفرستید، یا با +98 21 5550 0142 هماهنگ کنیم.',
    ),
    they(1 * DAY + 5 * HOUR, 'بسیار عالی. فردا خبر می‌دهم.'),
  ],
}

const yasaman: Story = {
  chatId: 8_000_011,
  read: 2,
  lines: [
    they(2 * DAY + 130, 'بسته رسیدددد 😍'),
    sara(2 * DAY + 120, 'چه خوب! امیدوارم دوستش داشته باشید 💚'),
    they(2 * DAY + 45, '😍😍😍'),
  ],
}

const negar: Story = {
  chatId: 8_000_003,
  lines: [
    they(3 * DAY + 95, 'وقت بخیر، لینک پرداخت برای من باز نمی‌شود'),
    sara(3 * DAY + 91, 'سلام نگار جان، همین حالا لینک تازه می‌فرستم.'),
    sara(3 * DAY + 90, 'لینک تازه: https://shop.example/pay/8399'),
    they(3 * DAY + 60, 'درست شد، مرسی 🌿'),
  ],
}

const sepideh: Story = {
  chatId: 8_000_006,
  lines: [
    they(5 * DAY + 240, 'سلام، برای هدیه کاغذ کادو هم دارید؟'),
    ali(5 * DAY + 228, 'سلام سپیده جان، بله؛ سه طرح داریم و رایگان است 🎁'),
    they(5 * DAY + 220, 'چه عالی، ممنون!'),
  ],
}

const aiko: Story = {
  chatId: 8_000_005,
  lines: [
    they(8 * DAY + 300, 'Hello! Do you ship to Kyoto?'),
    sara(8 * DAY + 290, 'Hi Aiko, we do. It takes about nine days, and customs is already in the price.'),
    they(7 * DAY + 200, 'Lovely, I ordered last night. Arigatō! 🙇‍♀️'),
  ],
}

const lea: Story = {
  chatId: 8_000_008,
  isClosed: true,
  lines: [
    they(12 * DAY + 400, 'Bonjour ! La robe en lin est-elle de nouveau disponible ?'),
    sara(12 * DAY + 380, 'Hi Léa, it is: in sand and in indigo, sizes S to L.'),
    they(12 * DAY + 372, 'Merci, je regarde ça ce soir.'),
  ],
}

const priya: Story = {
  chatId: 8_000_007,
  lines: [
    they(20 * DAY + 90, 'Could you send the invoice for PK-8301 again? I deleted the mail.'),
    ali(20 * DAY + 60, 'Of course, Priya. It is on its way to the address of the order.'),
    they(20 * DAY + 51, 'Got it, thanks a lot!'),
    ali(20 * DAY + 50, 'Any time. Have a good weekend!'),
  ],
}

/** The demo's conversations: of minutes ago, of yesterday and of weeks past; read, waiting, failed and closed. */
export const STORIES: Story[] = [
  maryam,
  jonas,
  golnaz,
  reza,
  hannah,
  maximiliane,
  tom,
  tabatabaei,
  yasaman,
  negar,
  sepideh,
  aiko,
  lea,
  priya,
]
