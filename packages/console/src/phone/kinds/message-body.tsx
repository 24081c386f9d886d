// What a message shows, by its kind; which kinds stand without a bubble around them.
import type { ReactNode } from 'react'
import type { ChatMessage } from '../control-api.ts'
import { OtherKind } from '../other-kind.tsx'
import { FileCard, MissionSticker, PlaceCard } from './cards.tsx'
import { Imagemap } from './imagemap.tsx'
import { Film, Picture } from './picture.tsx'
import { Sound } from './sound.tsx'
import { StickerArt } from './sticker-art.tsx'
import { TemplateBody } from './template.tsx'
import { TextBody } from './text-body.tsx'

const BARE = ['sticker', 'image', 'video', 'location', 'imagemap', 'template']

export const isBare = ({ message, unsent }: ChatMessage): boolean => unsent === undefined && BARE.includes(message.type)

export function MessageBody({ message }: { message: ChatMessage }): ReactNode {
  const content = message.message
  switch (content.type) {
    case 'text':
    case 'textV2':
      return <TextBody message={content} />
    case 'sticker':
      return <StickerArt packageId={String(content.packageId)} stickerId={String(content.stickerId)} />
    case 'image':
      return <Picture message={message} />
    case 'video':
      return <Film message={message} />
    case 'audio':
      return <Sound message={message} />
    case 'file':
      return <FileCard message={message} />
    case 'location':
      return <PlaceCard message={message} />
    case 'imagemap':
      return <Imagemap message={message} />
    case 'template':
      return <TemplateBody message={message} />
    case 'missionSticker':
      return <MissionSticker message={message} />
    default:
      return <OtherKind message={content} />
  }
}
