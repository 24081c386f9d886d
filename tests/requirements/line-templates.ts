// What the LINE reference of 2017 promises on template messages and their actions.

import { notYet, section } from './requirement.ts'

export const lineTemplates = [
  ...section(
    {
      part: 'platform',
      source: 'LINE reference 2017, "Template messages"',
      rows: '003/send-message-object/template-messages',
    },
    [
      notYet('line.template.type', 'a message of type "template" shows one of four layouts', '.', '#type'),
      notYet(
        'line.template.alt-text',
        'a template message needs an alternative text of at most 400 characters',
        '#altText',
      ),
      notYet('line.template.template', 'a template message needs its template', '#template'),
      notYet(
        'line.template.buttons',
        'a template of type "buttons" shows image, title, text and buttons',
        'buttons',
        'buttons#type',
        'buttons@buttons-template-message-example.json',
      ),
      notYet(
        'line.template.buttons-image',
        'a buttons template may have an https image URL of at most 1000 characters',
        'buttons#thumbnailImageUrl',
      ),
      notYet(
        'line.template.buttons-image-limits',
        'a buttons image is JPEG or PNG, 1.51 to 1, at most 1024 pixels wide and 1 MB',
        'buttons#thumbnailImageUrl',
      ),
      notYet(
        'line.template.buttons-title',
        'a buttons template may have a title of at most 40 characters',
        'buttons#title',
      ),
      notYet(
        'line.template.buttons-text',
        'a buttons template needs a text of at most 160 characters, 60 beside an image or title',
        'buttons#text',
      ),
      notYet('line.template.buttons-actions', 'a buttons template has one to four actions', 'buttons#actions'),
      notYet(
        'line.template.confirm',
        'a template of type "confirm" shows a text and two buttons',
        'confirm',
        'confirm#type',
        'confirm@confirm-template-message-example.json',
      ),
      notYet('line.template.confirm-text', 'a confirm template needs a text of at most 240 characters', 'confirm#text'),
      notYet('line.template.confirm-actions', 'a confirm template has exactly two actions', 'confirm#actions'),
      notYet(
        'line.template.carousel',
        'a template of type "carousel" shows columns to page through',
        'carousel',
        'carousel#type',
        'carousel@carousel-template-message-example.json',
      ),
      notYet(
        'line.template.carousel-columns',
        'in the 2017 profile a carousel has at most five columns',
        'carousel#columns',
      ),
      notYet(
        'line.template.carousel-column-image',
        'a carousel column may have an https image URL of at most 1000 characters',
        'carousel#thumbnailImageUrl',
      ),
      notYet(
        'line.template.carousel-column-image-limits',
        "a column's image is JPEG or PNG, 1.51 to 1, at most 1024 pixels wide and 1 MB",
        'carousel#thumbnailImageUrl',
      ),
      notYet(
        'line.template.carousel-column-title',
        'a carousel column may have a title of at most 40 characters',
        'carousel#title',
      ),
      notYet(
        'line.template.carousel-column-text',
        'a carousel column needs a text of at most 120 characters, 60 beside an image or title',
        'carousel#text',
      ),
      notYet('line.template.carousel-column-actions', 'a carousel column has one to three actions', 'carousel#actions'),
      notYet(
        'line.template.image-carousel',
        'a template of type "image_carousel" shows images to page through',
        'image-carousel',
        'image-carousel#type',
        'image-carousel@image-carousel-example.json',
      ),
      notYet(
        'line.template.image-carousel-columns',
        'in the 2017 profile an image carousel has at most five columns',
        'image-carousel#columns',
      ),
      notYet(
        'line.template.image-carousel-image',
        'an image column needs an https image URL of at most 1000 characters',
        'image-carousel#imageUrl',
      ),
      notYet(
        'line.template.image-carousel-image-limits',
        "a column's image is JPEG or PNG, square, at most 1024 pixels wide and 1 MB",
        'image-carousel#imageUrl',
      ),
      notYet('line.template.image-carousel-action', 'an image column has one action', 'image-carousel#action'),
    ],
  ),
  ...section(
    {
      part: 'platform',
      source: 'LINE reference 2017, "Template action"',
      rows: '003/send-message-object/template-messages/template-action',
    },
    [
      notYet(
        'line.action.postback',
        'an action of type "postback" sends a postback event',
        '.',
        'postback-action',
        'postback-action#type',
      ),
      notYet(
        'line.action.postback-label',
        'a postback action needs a label of at most 20 characters; in an image carousel it is optional and has at most 12',
        'postback-action#label',
      ),
      notYet(
        'line.action.postback-data',
        'a postback action needs data of at most 300 characters',
        'postback-action#data',
      ),
      notYet(
        'line.action.postback-text',
        "a postback action's text, at most 300 characters, is sent as the user's message",
        'postback-action',
        'postback-action#text',
      ),
      notYet(
        'line.action.message',
        'an action of type "message" sends a text as the user',
        'message-action',
        'message-action#type',
      ),
      notYet(
        'line.action.message-label',
        'a message action needs a label of at most 20 characters; in an image carousel it is optional and has at most 12',
        'message-action#label',
      ),
      notYet(
        'line.action.message-text',
        'a message action needs a text of at most 300 characters',
        'message-action#text',
      ),
      notYet('line.action.uri', 'an action of type "uri" opens an address', 'uri-action', 'uri-action#type'),
      notYet(
        'line.action.uri-label',
        'a uri action needs a label of at most 20 characters; in an image carousel it is optional and has at most 12',
        'uri-action#label',
      ),
      notYet(
        'line.action.uri-uri',
        'a uri action needs an http, https or tel address of at most 1000 characters',
        'uri-action#uri',
      ),
      notYet(
        'line.action.datetimepicker',
        'an action of type "datetimepicker" lets the user pick and posts the choice back',
        'datetime-picker-action',
        'datetime-picker-action#type',
      ),
      notYet(
        'line.action.datetimepicker-label',
        'a picker needs a label of at most 20 characters; in an image carousel it is optional and has at most 12',
        'datetime-picker-action#label',
      ),
      notYet(
        'line.action.datetimepicker-data',
        'a picker needs data of at most 300 characters',
        'datetime-picker-action#data',
      ),
      notYet('line.action.datetimepicker-mode', 'a picker picks a date, a time or both', 'datetime-picker-action#mode'),
      notYet(
        'line.action.datetimepicker-initial',
        'a picker may start at a given value',
        'datetime-picker-action#initial',
      ),
      notYet(
        'line.action.datetimepicker-max',
        "a picker's greatest value lies above its least",
        'datetime-picker-action#max',
      ),
      notYet(
        'line.action.datetimepicker-min',
        "a picker's least value lies below its greatest",
        'datetime-picker-action#min',
      ),
      notYet(
        'line.action.datetimepicker-format-date',
        'a date is written as a full date from 1900-01-01 to 2100-12-31',
        'datetime-picker-action/date-and-time-format',
        'datetime-picker-action/date-and-time-format#date',
      ),
      notYet(
        'line.action.datetimepicker-format-time',
        'a time is written as hour and minute from 00:00 to 23:59',
        'datetime-picker-action/date-and-time-format#time',
      ),
      notYet(
        'line.action.datetimepicker-format-datetime',
        'date and time are joined by T or t, from 1900-01-01T00:00 to 2100-12-31T23:59',
        'datetime-picker-action/date-and-time-format#datetime',
      ),
    ],
  ),
]
