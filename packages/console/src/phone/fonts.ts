// The faces for letters that the machine may lack. A browser loads only the pieces whose characters it meets, and none
// where the system has the letters: the system's own faces stand first (tokens.css).
import '@fontsource/noto-sans-jp/400.css'
import '@fontsource/noto-sans-sc/400.css'
import '@fontsource/noto-sans-thai/400.css'
import '@fontsource/noto-emoji/400.css'
