// Template messages: buttons, confirm, carousel and image carousel.
import type { ButtonsTemplate, CarouselTemplate, Template, TemplateAction, TemplateMessage } from '@hatoba/line/wire'
import type { ReactNode } from 'react'
import { useChatActs } from '../chat-acts.ts'
import type { ChatMessage } from '../control-api.ts'
import { languageOf } from '../text-language.ts'
import { texts } from '../texts.ts'
import { ActionButton } from './action-button.tsx'
import { Carousel } from './carousel.tsx'
import { MediaPicture } from './media-picture.tsx'
import './template.css'

export function TemplateBody({ message }: { message: ChatMessage }) {
  const { altText, template } = message.message as unknown as TemplateMessage // checked when it was sent
  return (
    <fieldset className="template" aria-label={altText}>
      {showTemplate(message, template)}
    </fieldset>
  )
}

function showTemplate(message: ChatMessage, template: Template): ReactNode {
  switch (template.type) {
    case 'buttons':
      return <Card message={message} at="/template" card={template} style={template} />
    case 'confirm':
      return (
        <div className="card">
          <p className="card-text card-text-alone" lang={languageOf(template.text)}>
            {template.text}
          </p>
          <div className="card-buttons card-buttons-beside">
            {template.actions.map((action, number) => (
              <ActionButton key={keyOf(number)} message={message} at={`/template/actions/${number}`} action={action} />
            ))}
          </div>
        </div>
      )
    case 'carousel':
      return (
        <Carousel>
          {template.columns.map((column, number) => (
            <Card
              key={keyOf(number)}
              message={message}
              at={`/template/columns/${number}`}
              card={column}
              style={template}
            />
          ))}
        </Carousel>
      )
    case 'image_carousel':
      return (
        <Carousel>
          {template.columns.map((column, number) => (
            <ImageColumn
              key={keyOf(number)}
              message={message}
              at={`/template/columns/${number}`}
              action={column.action}
              number={number + 1}
            />
          ))}
        </Carousel>
      )
    default:
      return template satisfies never
  }
}

/** The parts of a message never change places. */
const keyOf = (number: number) => `part ${number}`

interface CardProps {
  message: ChatMessage
  at: string
  card: Omit<ButtonsTemplate, 'type' | 'imageAspectRatio' | 'imageSize'>
  style: Pick<CarouselTemplate, 'imageAspectRatio' | 'imageSize'>
}

function Card({ message, at, card, style }: CardProps) {
  const { thumbnailImageUrl, imageBackgroundColor, title, text, defaultAction, actions } = card
  const { imageAspectRatio = 'rectangle', imageSize = 'cover' } = style
  const top = (
    <>
      {thumbnailImageUrl !== undefined && thumbnailImageUrl !== '' && (
        <span className={`card-picture card-picture-${imageAspectRatio}`} style={groundOf(imageBackgroundColor)}>
          <MediaPicture message={message} at={`${at}/thumbnailImageUrl`} alt="" className={`card-image-${imageSize}`} />
        </span>
      )}
      {title !== undefined && title !== '' && (
        <span className="card-title" lang={languageOf(title)}>
          {title}
        </span>
      )}
      <span className={`card-text${title ? '' : ' card-text-alone'}`} lang={languageOf(text)}>
        {text}
      </span>
    </>
  )
  return (
    <div className="card">
      {defaultAction === undefined ? (
        <div className="card-top">{top}</div>
      ) : (
        <CardTop message={message} at={`${at}/defaultAction`} action={defaultAction}>
          {top}
        </CardTop>
      )}
      <div className="card-buttons">
        {actions.map((action, number) => (
          <ActionButton key={keyOf(number)} message={message} at={`${at}/actions/${number}`} action={action} />
        ))}
      </div>
    </div>
  )
}

interface CardTopProps {
  message: ChatMessage
  at: string
  action: TemplateAction
  children: ReactNode
}

/** LINE reference, "Buttons template", defaultAction: of the whole picture, title and text. */
function CardTop({ message, at, action, children }: CardTopProps) {
  const acts = useChatActs()
  return (
    <button type="button" className="card-top card-top-button" onClick={() => acts.tap(message, at, action)}>
      {children}
      {action.label !== undefined && <span className="visually-hidden">{action.label}</span>}
    </button>
  )
}

interface ImageColumnProps {
  message: ChatMessage
  at: string
  action: TemplateAction
  number: number
}

function ImageColumn({ message, at, action, number }: ImageColumnProps) {
  const acts = useChatActs()
  const { label } = action
  return (
    <button
      type="button"
      className="image-column"
      aria-label={label ?? texts.pictureNumber(number)}
      onClick={() => acts.tap(message, `${at}/action`, action)}
    >
      <MediaPicture message={message} at={`${at}/imageUrl`} alt="" />
      {label !== undefined && (
        <span className="image-column-label" lang={languageOf(label)}>
          {label}
        </span>
      )}
    </button>
  )
}

/** LINE reference, "Buttons template": #RRGGBB alone. */
function groundOf(color: string | undefined): { backgroundColor: string } | undefined {
  return color !== undefined && /^#[0-9a-f]{6}$/i.test(color) ? { backgroundColor: color } : undefined
}
