// Owns the requests about status pages, which administrators make.
import type {
  StatusPage,
  StatusPageChange,
  StatusPageDraft,
  StatusPageList,
} from '@vigie/shared/api/status-page'
import { getJson, request, send } from './request.ts'

const PATH = '/api/v1/status-pages'

export async function statusPages(): Promise<StatusPage[]> {
  return (await getJson<StatusPageList>(PATH)).items
}

export async function createStatusPage(draft: StatusPageDraft): Promise<void> {
  await send(PATH, draft)
}

export async function changeStatusPage(id: number, change: StatusPageChange): Promise<void> {
  await send(`${PATH}/${id}`, change, 'PATCH')
}

export async function deleteStatusPage(id: number): Promise<void> {
  await request(`${PATH}/${id}`, { method: 'DELETE' })
}
