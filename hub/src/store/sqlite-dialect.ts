// Owns where Kysely's SQLite dialect is not ours: transactions that write never start as readers, and make schemas whole.
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  type SqliteDialectConfig,
  type TransactionSettings,
} from 'kysely'

export class HubSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig

  constructor(config: SqliteDialectConfig) {
    super(config)
    this.#config = config
  }

  override createAdapter(): DialectAdapter {
    return new HubSqliteAdapter()
  }

  override createDriver(): Driver {
    return new HubDriver(this.#config)
  }
}

export class HubSqliteAdapter extends SqliteAdapter {
  // It does; without it a hub that is killed in the middle of its migrations leaves half a schema.
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class HubDriver extends SqliteDriver {
  override async beginTransaction(
    connection: DatabaseConnection,
    settings?: TransactionSettings,
  ): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(beginning(settings)))
  }
}

// A transaction that reads first fails at its first write when another process wrote meanwhile, and no timeout helps.
export function beginning(settings?: TransactionSettings): string {
  return settings?.accessMode === 'read only' ? 'begin' : 'begin immediate'
}
