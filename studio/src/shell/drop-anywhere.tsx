import { UploadIcon } from '@radix-ui/react-icons'
import { useEffect, useState } from 'react'
import { useStudio } from '../state/store.ts'
import classes from './drop-anywhere.module.css'

/** Files can be let go everywhere. Parts that know better what to do with them, such as the canvas, say so by `preventDefault`. */
export function DropAnywhere() {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const over = (event: DragEvent) => {
      const isHandled = event.defaultPrevented
      if (!event.dataTransfer?.types.includes('Files')) return
      // Otherwise the browser would leave the page for the file.
      event.preventDefault()
      setOver(!isHandled)
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      setOver(false)
      if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      void useStudio.getState().open([...event.dataTransfer.files])
    }
    addEventListener('dragover', over)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop)
    }
  }, [])
  if (!isOver) return null
  return (
    <div className={classes.over} aria-hidden>
      <UploadIcon width={32} height={32} />
      Drop to add to the composition
    </div>
  )
}
