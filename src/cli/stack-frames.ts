/** V8 tells ten frames of a trap where nobody asks for more, and a panic takes as many: the guest's own would not be among them. */
export const stackFrames = 50
