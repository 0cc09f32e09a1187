import { Command, CommanderError } from 'commander'
import {
  type Answer,
  accessToken,
  addBlocked,
  connections,
  hours,
  removeBlocked,
  resetPassword,
  securitySummary,
  showBlocked,
  userReport,
  userStats,
} from './commands.ts'
import { rotate } from './encryption.ts'
import { type Visit, visit } from './visit.ts'

const FAILED = 1
const MISUSED = 2
const DEFAULT_HOURS = 24

/** The command line: works beside a running server and without one, with the same settings. */
function createProgram(): Command {
  const program = new Command('peyk')
    .description('Looks after a Peyk installation, with the settings of its server, running or not.')
    .option('--json', 'print JSON')
    .showHelpAfterError()
    .exitOverride()
  const run = (work: (given: Visit) => Promise<Answer>) => print(program, work)
  const period = ['--hours <n>', 'length of the period', hours, DEFAULT_HOURS] as const

  const security = program.command('security').description('what happened at the doors')
  security
    .command('summary')
    .description('attempts, failures, limits met and spam')
    .option(...period)
    .action((of) => run((given) => securitySummary(given, of)))

  const user = program.command('user').description('a person, by id, user name or e-mail address')
  user
    .command('stats <login>')
    .description('what they sent')
    .option(...period)
    .action((login, of) => run((given) => userStats(given, login, of)))
  user
    .command('report <login>')
    .description('what they did and ran into')
    .action((login) => run((given) => userReport(given, login)))

  user
    .command('reset-password <login>')
    .description('make a link by which they set a new password')
    .action((login) => run((given) => resetPassword(given, login)))

  addBlacklist(program.command('blacklist').description('addresses that are kept out'), run)
  program
    .command('token <login>')
    .description('print an access token for the raw protocol and REST, and nothing else')
    .action((login) => run((given) => accessToken(given, login)))
  program
    .command('connections')
    .description('who is connected, on all nodes')
    .action(() => run(connections))
  program
    .command('encryption')
    .description('the key of stored credentials')
    .command('rotate')
    .description('encrypt everything anew with ENCRYPTION_KEY, or with a new key where it is generated')
    .action(() => run(rotate))
  return program
}

function addBlacklist(blacklist: Command, run: (work: (given: Visit) => Promise<Answer>) => Promise<void>) {
  blacklist
    .command('add <ip>')
    .description('keep an address or a network such as 203.0.113.0/24 out, on all nodes within 5 s')
    .option('--hours <n>', 'for so long; BLACKLIST_DURATION_HOURS if left out', hours)
    .option('--reason <text>', 'why', 'command line')
    .action((ip, of) => run((given) => addBlocked(given, ip, of)))
  blacklist
    .command('list')
    .description('who is kept out now')
    .action(() => run(showBlocked))
  blacklist
    .command('remove <ip>')
    .description('let it in again')
    .action((ip) => run((given) => removeBlocked(given, ip)))
}

async function print(program: Command, work: (given: Visit) => Promise<Answer>): Promise<void> {
  const { json, text } = await visit(work)
  const isJson = program.opts<{ json?: true }>().json
  process.stdout.write(`${isJson ? JSON.stringify(json, null, 2) : text}\n`)
}

async function main() {
  try {
    await createProgram().parseAsync()
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : MISUSED
    console.error(sentenceOf(error))
    return FAILED
  }
  return 0
}

/** One line, whatever it was. */
const sentenceOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim()

// A pool that is still closing must not hold the prompt.
process.exitCode = await main()
