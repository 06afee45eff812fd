/** The types of the parts that we use, as loose as we need them. */
export const geoAzimuthalEquidistant: () => any;
export const geoCircle: () => any;
export const geoInterpolate: (start: [number, number], end: [number, number]) => (part: number) => [number, number];
export const geoMercator: () => any;
export const geoNaturalEarth1: () => any;
export const geoPath: (projection: any) => any;
