// What the LINE reference of 2017 promises on template messages and their actions.

import { done, section } from './requirement.ts'

export const lineTemplates = [
  ...section(
    {
      part: 'platform',
      source: 'LINE reference 2017, "Template messages"',
      rows: '003/send-message-object/template-messages',
    },
    [
      done('line.template.type', 'a message of type "template" has one of four layouts', '.', '#type'),
      done('line.template.alt-text', 'a template message needs an alternative text', '#altText'),
      done(
        'line.template.alt-text-max-400',
        'the alternative text of a template message has at most 400 characters',
        '#altText',
      ),
      done('line.template.template', 'a template message needs its template', '#template'),
      done(
        'line.template.buttons',
        'a template of type "buttons" is taken with image, title, text and buttons, which can be tapped',
        'buttons',
        'buttons#type',
        'buttons@buttons-template-message-example.json',
      ),
      done(
        'line.template.buttons-image',
        'a buttons template may have an image at an https URL',
        'buttons#thumbnailImageUrl',
      ),
      done(
        'line.template.buttons-image-url-max-1000',
        'the URL of that image has at most 1000 characters',
        'buttons#thumbnailImageUrl',
      ),
      done(
        'line.template.buttons-image-format',
        'the image of a buttons template is a JPEG or PNG',
        'buttons#thumbnailImageUrl',
      ),
      done(
        'line.template.buttons-image-ratio',
        'the image of a buttons template is 1.51 times as wide as high',
        'buttons#thumbnailImageUrl',
      ),
      done(
        'line.template.buttons-image-max-1024-px',
        'the image of a buttons template is at most 1024 pixels wide',
        'buttons#thumbnailImageUrl',
      ),
      done(
        'line.template.buttons-image-max-1-mb',
        'the image of a buttons template has at most 1 MB',
        'buttons#thumbnailImageUrl',
      ),
      done('line.template.buttons-title', 'a buttons template may have a title', 'buttons#title'),
      done(
        'line.template.buttons-title-max-40',
        'the title of a buttons template has at most 40 characters',
        'buttons#title',
      ),
      done('line.template.buttons-text', 'a buttons template needs a text', 'buttons#text'),
      done(
        'line.template.buttons-text-max-160',
        'the text of a buttons template without image and title has at most 160 characters',
        'buttons#text',
      ),
      done(
        'line.template.buttons-text-max-60',
        'the text of a buttons template beside an image or title has at most 60 characters',
        'buttons#text',
      ),
      done('line.template.buttons-actions', 'a buttons template needs its actions', 'buttons#actions'),
      done('line.template.buttons-actions-max-4', 'a buttons template has at most four actions', 'buttons#actions'),
      done(
        'line.template.confirm',
        'a template of type "confirm" is taken with a text and two buttons, which can be tapped',
        'confirm',
        'confirm#type',
        'confirm@confirm-template-message-example.json',
      ),
      done('line.template.confirm-text', 'a confirm template needs a text', 'confirm#text'),
      done(
        'line.template.confirm-text-max-240',
        'the text of a confirm template has at most 240 characters',
        'confirm#text',
      ),
      done('line.template.confirm-actions', 'a confirm template has exactly two actions', 'confirm#actions'),
      done(
        'line.template.carousel',
        'a template of type "carousel" is taken with columns, whose buttons can be tapped',
        'carousel',
        'carousel#type',
        'carousel@carousel-template-message-example.json',
      ),
      done('line.template.carousel-columns', 'a carousel needs its columns', 'carousel#columns'),
      done(
        'line.template.carousel-columns-max-5',
        'in the 2017 profile a carousel has at most five columns',
        'carousel#columns',
      ),
      done(
        'line.template.carousel-column-image',
        'a carousel column may have an image at an https URL',
        'carousel#thumbnailImageUrl',
      ),
      done(
        'line.template.carousel-column-image-url-max-1000',
        'the URL of that image has at most 1000 characters',
        'carousel#thumbnailImageUrl',
      ),
      done(
        'line.template.carousel-column-image-format',
        'the image of a column is a JPEG or PNG',
        'carousel#thumbnailImageUrl',
      ),
      done(
        'line.template.carousel-column-image-ratio',
        'the image of a column is 1.51 times as wide as high',
        'carousel#thumbnailImageUrl',
      ),
      done(
        'line.template.carousel-column-image-max-1024-px',
        'the image of a column is at most 1024 pixels wide',
        'carousel#thumbnailImageUrl',
      ),
      done(
        'line.template.carousel-column-image-max-1-mb',
        'the image of a column has at most 1 MB',
        'carousel#thumbnailImageUrl',
      ),
      done('line.template.carousel-column-title', 'a carousel column may have a title', 'carousel#title'),
      done(
        'line.template.carousel-column-title-max-40',
        'the title of a column has at most 40 characters',
        'carousel#title',
      ),
      done('line.template.carousel-column-text', 'a carousel column needs a text', 'carousel#text'),
      done(
        'line.template.carousel-column-text-max-120',
        'the text of a column without image and title has at most 120 characters',
        'carousel#text',
      ),
      done(
        'line.template.carousel-column-text-max-60',
        'the text of a column beside an image or title has at most 60 characters',
        'carousel#text',
      ),
      done('line.template.carousel-column-actions', 'a carousel column needs its actions', 'carousel#actions'),
      done(
        'line.template.carousel-column-actions-max-3',
        'a carousel column has at most three actions',
        'carousel#actions',
      ),
      done(
        'line.template.image-carousel',
        'a template of type "image_carousel" is taken with images, which can be tapped',
        'image-carousel',
        'image-carousel#type',
        'image-carousel@image-carousel-example.json',
      ),
      done('line.template.image-carousel-columns', 'an image carousel needs its columns', 'image-carousel#columns'),
      done(
        'line.template.image-carousel-columns-max-5',
        'in the 2017 profile an image carousel has at most five columns',
        'image-carousel#columns',
      ),
      done(
        'line.template.image-carousel-image',
        'an image column needs an image at an https URL',
        'image-carousel#imageUrl',
      ),
      done(
        'line.template.image-carousel-image-url-max-1000',
        'the URL of that image has at most 1000 characters',
        'image-carousel#imageUrl',
      ),
      done(
        'line.template.image-carousel-image-format',
        'the image of an image column is a JPEG or PNG',
        'image-carousel#imageUrl',
      ),
      done(
        'line.template.image-carousel-image-ratio',
        'the image of an image column is square',
        'image-carousel#imageUrl',
      ),
      done(
        'line.template.image-carousel-image-max-1024-px',
        'the image of an image column is at most 1024 pixels wide',
        'image-carousel#imageUrl',
      ),
      done(
        'line.template.image-carousel-image-max-1-mb',
        'the image of an image column has at most 1 MB',
        'image-carousel#imageUrl',
      ),
      done('line.template.image-carousel-action', 'an image column has one action', 'image-carousel#action'),
    ],
  ),
  ...section(
    {
      part: 'platform',
      source: 'LINE reference 2017, "Template action"',
      rows: '003/send-message-object/template-messages/template-action',
    },
    [
      done(
        'line.action.postback',
        'an action of type "postback" sends a postback event',
        '.',
        'postback-action',
        'postback-action#type',
      ),
      done(
        'line.action.postback-label',
        'a postback action needs a label, except in an image carousel',
        'postback-action#label',
      ),
      done(
        'line.action.postback-label-max-20',
        'the label of a postback action has at most 20 characters',
        'postback-action#label',
      ),
      done(
        'line.action.postback-label-max-12',
        'the label of a postback action in an image carousel has at most 12 characters',
        'postback-action#label',
      ),
      done('line.action.postback-data', 'a postback action needs its data', 'postback-action#data'),
      done(
        'line.action.postback-data-max-300',
        'the data of a postback action has at most 300 characters',
        'postback-action#data',
      ),
      done(
        'line.action.postback-text',
        'the text of a postback action is sent as the message of the user',
        'postback-action',
        'postback-action#text',
      ),
      done(
        'line.action.postback-text-max-300',
        'the text of a postback action has at most 300 characters',
        'postback-action#text',
      ),
      done(
        'line.action.message',
        'an action of type "message" sends a text as the user',
        'message-action',
        'message-action#type',
      ),
      done(
        'line.action.message-label',
        'a message action needs a label, except in an image carousel',
        'message-action#label',
      ),
      done(
        'line.action.message-label-max-20',
        'the label of a message action has at most 20 characters',
        'message-action#label',
      ),
      done(
        'line.action.message-label-max-12',
        'the label of a message action in an image carousel has at most 12 characters',
        'message-action#label',
      ),
      done('line.action.message-text', 'a message action needs its text', 'message-action#text'),
      done(
        'line.action.message-text-max-300',
        'the text of a message action has at most 300 characters',
        'message-action#text',
      ),
      done('line.action.uri', 'an action of type "uri" opens an address', 'uri-action', 'uri-action#type'),
      done('line.action.uri-label', 'a uri action needs a label, except in an image carousel', 'uri-action#label'),
      done('line.action.uri-label-max-20', 'the label of a uri action has at most 20 characters', 'uri-action#label'),
      done(
        'line.action.uri-label-max-12',
        'the label of a uri action in an image carousel has at most 12 characters',
        'uri-action#label',
      ),
      done(
        'line.action.uri-uri',
        'a uri action opens an http, https or tel address and nothing else',
        'uri-action#uri',
      ),
      done('line.action.uri-uri-max-1000', 'the address of a uri action has at most 1000 characters', 'uri-action#uri'),
      done(
        'line.action.datetimepicker',
        'an action of type "datetimepicker" lets the user pick and posts the choice back',
        'datetime-picker-action',
        'datetime-picker-action#type',
      ),
      done(
        'line.action.datetimepicker-label',
        'a picker needs a label, except in an image carousel',
        'datetime-picker-action#label',
      ),
      done(
        'line.action.datetimepicker-label-max-20',
        'the label of a picker has at most 20 characters',
        'datetime-picker-action#label',
      ),
      done(
        'line.action.datetimepicker-label-max-12',
        'the label of a picker in an image carousel has at most 12 characters',
        'datetime-picker-action#label',
      ),
      done('line.action.datetimepicker-data', 'a picker needs its data', 'datetime-picker-action#data'),
      done(
        'line.action.datetimepicker-data-max-300',
        'the data of a picker has at most 300 characters',
        'datetime-picker-action#data',
      ),
      done('line.action.datetimepicker-mode', 'a picker has one of three modes', 'datetime-picker-action#mode'),
      done('line.action.datetimepicker-mode-date', 'in mode date a picker picks a day', 'datetime-picker-action#mode'),
      done(
        'line.action.datetimepicker-mode-time',
        'in mode time a picker picks a time of day',
        'datetime-picker-action#mode',
      ),
      done(
        'line.action.datetimepicker-mode-datetime',
        'in mode datetime a picker picks both',
        'datetime-picker-action#mode',
      ),
      done(
        'line.action.datetimepicker-initial',
        'a picker may start at a given value',
        'datetime-picker-action#initial',
      ),
      done(
        'line.action.datetimepicker-max',
        "a picker's greatest value lies above its least",
        'datetime-picker-action#max',
      ),
      done(
        'line.action.datetimepicker-min',
        "a picker's least value lies below its greatest",
        'datetime-picker-action#min',
      ),
      done(
        'line.action.datetimepicker-format-date',
        'a date is written as a full date from 1900-01-01 to 2100-12-31',
        'datetime-picker-action/date-and-time-format',
        'datetime-picker-action/date-and-time-format#date',
      ),
      done(
        'line.action.datetimepicker-format-time',
        'a time is written as hour and minute from 00:00 to 23:59',
        'datetime-picker-action/date-and-time-format#time',
      ),
      done(
        'line.action.datetimepicker-format-datetime',
        'date and time are joined by T or t, from 1900-01-01T00:00 to 2100-12-31T23:59',
        'datetime-picker-action/date-and-time-format#datetime',
      ),
    ],
  ),
]
