import { guardProcess } from './last-resort.ts'

const BOT = '7000000001:AAE-the_secret-of-bot-0123456789xyz'
const error = Object.assign(new Error(`POST /bot${BOT}/getMe`), {
  command: { name: 'auth', args: ['hunter2'] },
})

guardProcess()
console.log(`a library says ${BOT}`)
process.stderr.write(Buffer.from(`bytes postgresql://peyk:hunter2@db/peyk\n`))
if (process.argv[2] === 'throw')
  setTimeout(() => {
    throw error
  })
if (process.argv[2] === 'reject') void Promise.reject(error)
setTimeout(() => console.log('still alive'), process.argv[2] ? 10_000 : 0)
