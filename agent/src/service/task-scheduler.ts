// Owns the agent as a task of Windows that starts with the machine. A service of Windows answers its control manager,
// which a Node program cannot do by itself; a task under LocalService runs as early, as long, and with as few rights.
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AgentError } from '../agent-error.ts'
import { reasonOf, type Machine } from './machine.ts'
import type { ServiceManager } from './service-manager.ts'

const TASK = 'Vigie agent'
const LOCAL_SERVICE = 'S-1-5-19'

export function createTaskScheduler(machine: Machine): ServiceManager {
  const schtasks = (...args: string[]) => machine.ask('schtasks.exe', args)
  const must = async (program: string, ...args: string[]): Promise<void> => {
    const answer = await machine.ask(program, args)
    if (answer.status === 0) return
    throw new AgentError(
      `${program} ${args[0] ?? ''} failed (${reasonOf(answer)}); run it in a shell of an administrator`,
    )
  }
  const dataDirectory = join(process.env['ProgramData'] ?? 'C:\\ProgramData', 'vigie-agent')

  return {
    name: 'Windows task scheduler',
    executable: join(
      process.env['ProgramFiles'] ?? 'C:\\Program Files',
      'Vigie',
      'vigie-agent.exe',
    ),
    dataDirectory,

    async start(executable) {
      const rights = [`*${LOCAL_SERVICE}:(OI)(CI)F`, '*S-1-5-32-544:(OI)(CI)F']
      const grants = rights.flatMap((right) => ['/grant:r', right])
      await must('icacls.exe', dataDirectory, '/inheritance:r', ...grants, '/T', '/Q')
      const definition = join(tmpdir(), `vigie-agent-${process.pid}.xml`)
      // The scheduler reads UTF-16 only.
      writeFileSync(definition, `\ufeff${taskDefinition(executable)}`, 'utf16le')
      try {
        await must('schtasks.exe', '/Create', '/F', '/TN', TASK, '/XML', definition)
      } finally {
        rmSync(definition, { force: true })
      }
      await schtasks('/End', '/TN', TASK)
      await must('schtasks.exe', '/Run', '/TN', TASK)
    },

    async remove() {
      await schtasks('/End', '/TN', TASK)
      await schtasks('/Delete', '/F', '/TN', TASK)
    },

    async state() {
      const answer = await schtasks('/Query', '/TN', TASK, '/FO', 'CSV', '/NH')
      const word = /"([^"]+)"\s*$/.exec(answer.out.trim())?.[1] ?? 'not installed'
      return { isInstalled: answer.status === 0, isRunning: word === 'Running', word }
    },
  }
}

/** See https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema */
export function taskDefinition(executable: string): string {
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <Triggers><BootTrigger><Enabled>true</Enabled></BootTrigger></Triggers>
  <Principals><Principal id="Agent"><UserId>${LOCAL_SERVICE}</UserId><RunLevel>LeastPrivilege</RunLevel></Principal></Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>999</Count></RestartOnFailure>
  </Settings>
  <Actions Context="Agent"><Exec><Command>${executable}</Command><Arguments>run</Arguments></Exec></Actions>
</Task>
`
}
