// Line drawings of 20 by 20, in the colour of the text around them.
const SHAPES = {
  mirror: 'M10 3v14M7 6 2.5 14H7zM13 6l4.5 8H13z',
  turn: 'M3 10h14M6 7l8-4.5V7zM6 13l8 4.5V13z',
  enlarge: 'M12 3h5v5M17 3l-6 6M8 17H3v-5M3 17l6-6',
  back: 'M12.5 4 6.5 10l6 6',
  next: 'M7.5 4l6 6-6 6',
  close: 'M5 5l10 10M15 5 5 15',
  system: 'M10 3a7 7 0 1 0 0 14zM10 3a7 7 0 1 1 0 14',
  light: 'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M10 1.5v2M10 16.500v2M1.500 10h2M16.500 10h2M4 4l1.400 1.400M14.600 14.600 16 16M16 4l-1.400 1.400M5.400 14.600 4 16',
  dark: 'M16.500 12.200A7 7 0 0 1 7.800 3.500a7 7 0 1 0 8.700 8.700',
};

export function icon(name) {
  const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  drawing.setAttribute('viewBox', '0 0 20 20');
  drawing.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('d', SHAPES[name]);
  drawing.append(line);
  return drawing;
}
