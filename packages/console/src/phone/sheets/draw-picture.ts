// Pictures for who has none at hand: a wharf at six times of the day, as JPEG files.

const SKIES = [
  ['#f7b267', '#f4845f', '#2b4c5e'],
  ['#8ecae6', '#d9f0f7', '#1b6f8a'],
  ['#5b5f97', '#f6a5c0', '#26385e'],
  ['#a8dadc', '#f1faee', '#457b9d'],
  ['#1d3557', '#6d6a9c', '#0f2338'],
  ['#ffd6a5', '#caffbf', '#3a7d6b'],
] as const
const WIDTH = 1024
const HEIGHT = 768
const HORIZON = 470
const QUALITY = 0.85

export async function drawPicture(number: number): Promise<File> {
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const pen = canvas.getContext('2d')
  if (pen !== null) draw(pen, number)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
  return new File([blob ?? new Blob()], `wharf-${number + 1}.jpg`, { type: 'image/jpeg' })
}

function draw(pen: CanvasRenderingContext2D, number: number): void {
  const [high, low, sea] = SKIES[number % SKIES.length] ?? SKIES[0]
  const sky = pen.createLinearGradient(0, 0, 0, HORIZON)
  sky.addColorStop(0, high)
  sky.addColorStop(1, low)
  pen.fillStyle = sky
  pen.fillRect(0, 0, WIDTH, HORIZON)
  pen.fillStyle = '#fff4d6'
  pen.beginPath()
  pen.arc(220 + number * 110, 210 + (number % 3) * 60, 62, 0, Math.PI * 2)
  pen.fill()
  pen.fillStyle = sea
  pen.fillRect(0, HORIZON, WIDTH, HEIGHT - HORIZON)
  pen.strokeStyle = 'rgb(255 255 255 / 0.35)'
  pen.lineWidth = 6
  for (let row = 0; row < 5; row++) {
    pen.beginPath()
    for (let x = 0; x <= WIDTH; x += 32) pen.lineTo(x, HORIZON + 40 + row * 52 + Math.sin(x / 60 + row + number) * 9)
    pen.stroke()
  }
  drawFerry(pen, 330 + number * 60)
}

function drawFerry(pen: CanvasRenderingContext2D, x: number): void {
  pen.fillStyle = '#f7fafb'
  pen.fillRect(x + 60, 380, 220, 62)
  pen.fillRect(x + 110, 334, 130, 48)
  pen.fillStyle = '#c23f26'
  pen.fillRect(x + 160, 284, 40, 52)
  pen.fillStyle = '#14242d'
  pen.beginPath()
  pen.moveTo(x, 440)
  pen.lineTo(x + 350, 440)
  pen.lineTo(x + 310, 506)
  pen.lineTo(x + 50, 506)
  pen.fill()
  pen.fillStyle = '#2f6f85'
  for (let window = 0; window < 5; window++) pen.fillRect(x + 82 + window * 38, 396, 22, 22)
}
