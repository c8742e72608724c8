// Owns how Kysely reaches the database through its thread.
import {
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely'
import type { DatabaseThread } from './database-thread.ts'
import { beginning, HubSqliteAdapter } from './sqlite-dialect.ts'

/** Kysely gives the one connection to one user after the other; ticks go between (database-worker.ts). */
export function threadDialect(thread: DatabaseThread): Dialect {
  return {
    createAdapter: () => new HubSqliteAdapter(),
    createDriver: () => threadDriver(thread),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

function threadDriver(thread: DatabaseThread): Driver {
  const connection: DatabaseConnection = {
    async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
      const { rows, changes, lastInsertRowid } = await thread.run(sql, parameters)
      return {
        rows: rows as Row[],
        ...(changes !== undefined && { numAffectedRows: BigInt(changes) }),
        ...(lastInsertRowid !== undefined && { insertId: BigInt(lastInsertRowid) }),
      }
    },
    streamQuery() {
      throw new Error('the thread of the database streams nothing: ask for pages')
    },
  }
  return {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(connection),
    async beginTransaction(_, settings) {
      await thread.run(beginning(settings))
    },
    async commitTransaction() {
      await thread.run('commit')
    },
    rollbackTransaction: () => thread.rollback(),
    releaseConnection: () => Promise.resolve(),
    destroy: () => thread.close(),
  }
}
