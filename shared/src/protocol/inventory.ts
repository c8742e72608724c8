// Owns what is known of a machine and changes rarely, and the momentary lists that are shown but not kept by second.
import { Type, type Static } from 'typebox'

const text = (maxLength: number) => Type.String({ maxLength })
const strict = { additionalProperties: false }

/** What a machine is. Absent means unknown. Sizes in bytes, speeds in bit/s. */
export const Inventory = Type.Object(
  {
    hostname: text(255),
    os: Type.Object(
      {
        id: text(64),
        name: text(128),
        version: text(128),
        kernel: text(128),
        architecture: text(32),
      },
      strict,
    ),
    virtualization: Type.Optional(text(64)),
    hardware: Type.Optional(text(256)),
    cpu: Type.Object(
      {
        model: text(256),
        logicalCount: Type.Integer({ minimum: 1, maximum: 65536 }),
        physicalCount: Type.Optional(Type.Integer({ minimum: 1, maximum: 65536 })),
      },
      strict,
    ),
    memoryBytes: Type.Integer({ minimum: 0 }),
    disks: Type.Array(
      Type.Object(
        {
          name: text(128),
          model: Type.Optional(text(256)),
          sizeBytes: Type.Integer({ minimum: 0 }),
        },
        strict,
      ),
      { maxItems: 512 },
    ),
    filesystems: Type.Array(
      Type.Object({ mountpoint: text(512), device: text(512), type: text(64) }, strict),
      { maxItems: 512 },
    ),
    interfaces: Type.Array(
      Type.Object(
        {
          name: text(64),
          mac: Type.Optional(text(32)),
          addresses: Type.Array(text(64), { maxItems: 64 }),
        },
        strict,
      ),
      { maxItems: 512 },
    ),
    timezone: text(64),
    agentVersion: text(32),
  },
  strict,
)
export type Inventory = Static<typeof Inventory>

/** One of the machine's busiest processes. `cpuRatio` is of one core; command lines are cut and never hold the environment. */
export const Process = Type.Object(
  {
    pid: Type.Integer({ minimum: 0 }),
    name: text(256),
    command: text(512),
    user: Type.Optional(text(64)),
    cpuRatio: Type.Optional(Type.Number({ minimum: 0 })),
    memoryBytes: Type.Integer({ minimum: 0 }),
    readBytesPerS: Type.Optional(Type.Number({ minimum: 0 })),
    writeBytesPerS: Type.Optional(Type.Number({ minimum: 0 })),
    threads: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  strict,
)
export type Process = Static<typeof Process>

/** Lists as they stood at one moment. Each is absent when the agent cannot read it. */
export const Snapshot = Type.Object(
  {
    timeMs: Type.Integer({ minimum: 0 }),
    processes: Type.Optional(
      Type.Object(
        { total: Type.Integer({ minimum: 0 }), top: Type.Array(Process, { maxItems: 64 }) },
        strict,
      ),
    ),
    users: Type.Optional(
      Type.Array(
        Type.Object(
          {
            name: text(64),
            terminal: text(64),
            from: Type.Optional(text(255)),
            sinceMs: Type.Optional(Type.Integer({ minimum: 0 })),
          },
          strict,
        ),
        { maxItems: 256 },
      ),
    ),
    failedUnits: Type.Optional(Type.Array(text(256), { maxItems: 256 })),
  },
  strict,
)
export type Snapshot = Static<typeof Snapshot>
