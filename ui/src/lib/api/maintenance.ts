// Owns the requests about maintenance windows.
import type { Maintenance, MaintenanceDraft, MaintenanceList } from '@vigie/shared/api/silence'
import type { Static } from 'typebox'
import { getJson, request, send } from './request.ts'

export async function maintenanceWindows(): Promise<Maintenance[]> {
  return (await getJson<Static<typeof MaintenanceList>>('/api/v1/maintenance')).items
}

export async function createWindow(draft: MaintenanceDraft): Promise<void> {
  await send('/api/v1/maintenance', draft)
}

export async function changeWindow(id: number, draft: MaintenanceDraft): Promise<void> {
  await send(`/api/v1/maintenance/${id}`, draft, 'PUT')
}

export async function deleteWindow(id: number): Promise<void> {
  await request(`/api/v1/maintenance/${id}`, { method: 'DELETE' })
}
