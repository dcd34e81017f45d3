/** Around the members of a group, and its name above, in pixels of the canvas. */
export const GROUP_MARGIN = { side: 20, top: 44 }
