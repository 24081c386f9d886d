// Sends a file to the platform. XMLHttpRequest, because fetch does not say how much has left.
import { BASE, ControlApiError, type FileFacts, failureOf, messageOf } from './control-api.ts'

export type Uploaded = FileFacts & { uploadId: string }

/** @param onProgress from 0 to 1 */
export function uploadFile(file: Blob, onProgress: (share: number) => void): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `${BASE}/uploads`)
    request.responseType = 'json'
    request.setRequestHeader('content-type', file.type === '' ? 'application/octet-stream' : file.type)
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0))
    request.addEventListener('error', () => reject(new ControlApiError('unreachable', 'no answer')))
    request.addEventListener('load', () => {
      const { status, response } = request
      if (status === 201)
        resolve(response as Uploaded) // the platform's own shape
      else reject(new ControlApiError(failureOf(status), messageOf(response) ?? `status ${status}`))
    })
    request.send(file)
  })
}
