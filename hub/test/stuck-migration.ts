// A process that migrates a database and stops in the middle of one migration more than there are, to be killed there.
import { Migrator, type Migration } from 'kysely/migration'
import { MIGRATIONS } from '../src/store/migrations.ts'
import { openSqlite } from '../src/store/sqlite.ts'

const db = openSqlite({ path: process.argv[2] ?? '', busyTimeoutMs: 1000 })
const stuck: Migration = {
  async up(transaction) {
    await transaction.schema.createTable('half_done').addColumn('id', 'integer').execute()
    process.send?.('in the middle')
    await new Promise(() => setInterval(() => undefined, 60_000))
  },
}
const provider = { getMigrations: () => Promise.resolve({ ...MIGRATIONS, '9999-stuck': stuck }) }
await new Migrator({ db, provider }).migrateToLatest()
