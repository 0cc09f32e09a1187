import type { MediaKind } from '../message-types.ts'
import { badRequest } from './bot-api-error.ts'
import type { Answer, Call, Method } from './call.ts'
import { acceptFile, readInputFile } from './input-file.ts'
import { finishCaption, readCaption } from './input-text.ts'
import { findPlace, post } from './post-message.ts'

export const sendPhoto = sender('sendPhoto', 'photo')
export const sendVoice = sender('sendVoice', 'voice')
export const sendAudio = sender('sendAudio', 'audio')
export const sendVideo = sender('sendVideo', 'video')
export const sendVideoNote = sender('sendVideoNote', 'video_note')
export const sendAnimation = sender('sendAnimation', 'animation')
export const sendDocument = sender('sendDocument', 'document')

function sender(name: string, kind: MediaKind): Method {
  return { name, flooded: true, run: (call) => send(call, kind) }
}

function send(call: Call, kind: MediaKind): Answer {
  const { params } = call
  const input = readInputFile(params, params.files, kind)
  if (input === null) throw badRequest(`there is no ${kind.replace('_', ' ')} in the request`)
  const words = readCaption(params)
  const place = findPlace(call)
  const caption = finishCaption(words)
  return {
    result: post(call, place, () => {
      const media = acceptFile(call, kind, input)
      return { kind: media.kind, ...caption, media }
    }),
  }
}
