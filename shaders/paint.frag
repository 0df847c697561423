#version 120
#pragma import_defines(NUNATAK_GIVEN, NUNATAK_COMPOSITE, NUNATAK_INDEX, NUNATAK_GROUND, NUNATAK_OVERLAY)
// SPDX-License-Identifier: GPL-3.0-or-later
// Paints the picture of a tile as drape_baker.cpp does: the same bytes but for the last step of one here and there.
// Row 0 of the picture is its northernmost, and so is row 0 of every texture.
uniform vec2 pictureSize; // pixels
uniform sampler2D mask;   // 1 where the tile has data
#ifdef NUNATAK_GIVEN
uniform sampler2D given;
#endif
#if defined(NUNATAK_COMPOSITE) || defined(NUNATAK_INDEX)
uniform sampler2D firstBand; // stored numbers, 0..65535
uniform sampler2D secondBand;
uniform sampler2D thirdBand;
#endif
#ifdef NUNATAK_COMPOSITE
uniform sampler2D tables; // what each stored number is shown as, 256 in a row, a channel for each band
#endif
#if defined(NUNATAK_INDEX) || defined(NUNATAK_GROUND)
uniform sampler2D colors; // 256 from the least to the largest value
uniform vec2 range;       // the values they span
#endif
#ifdef NUNATAK_INDEX
uniform vec2 storedLow; // value of the stored number 1, of both bands
uniform vec2 storedStep;
uniform bool isRatio;
#endif
#ifdef NUNATAK_GROUND
uniform sampler2D relief;  // height in metres, rise eastwards and northwards in metres per metre
uniform vec2 reliefSize;   // samples
uniform vec2 reliefOrigin; // the picture's corner in samples
uniform vec2 reliefStep;   // samples per pixel
uniform float pixelSize;   // metres on the ground
uniform float trueNorth;   // degrees clockwise from the grid's north
uniform int tint;          // 0 the picture itself, 1 grey, 2 slope, 3 aspect, 4 elevation
uniform float grey;        // of level ground, 0..1
uniform float shading;
uniform vec3 lights[6];
uniform int lightCount;
uniform float levelLight;
uniform float ambient;
uniform float contourInterval;
#endif
#ifdef NUNATAK_OVERLAY
uniform sampler2D overlay;
uniform sampler2D overlayColors;
uniform vec2 overlayRange;
uniform float overlayOpacity;
uniform bool overlayHasColors;
#endif

vec3 asBytes(vec3 color) { return floor(clamp(color, 0.0, 1.0) * 255.0 + 0.5) / 255.0; }

float storedNumber(sampler2D band, vec2 place) { return floor(texture2D(band, place).r * 65535.0 + 0.5); }

vec3 colorOf(sampler2D map, float share) {
    return texture2D(map, vec2((floor(clamp(share, 0.0, 1.0) * 255.0 + 0.5) + 0.5) / 256.0, 0.5)).rgb;
}

#ifdef NUNATAK_COMPOSITE
vec3 shownAs(float number) {
    float row = floor(number / 256.0);
    return texture2D(tables, (vec2(number - row * 256.0, row) + 0.5) / 256.0).rgb;
}
#endif

#ifdef NUNATAK_GROUND
// Lambert's law; several lights are weighted by how steeply the ground faces each, see GroundShading.
float lightOn(vec2 rise) {
    float size = sqrt(1.0 + dot(rise, rise));
    float sum = 0.0;
    float weights = 0.0;
    for (int i = 0; i < 6; ++i) {
        if (i < lightCount) {
            float against = dot(rise, lights[i].xy);
            float weight = lightCount == 1 ? 1.0 : 0.05 + max(0.0, -against / size);
            sum += weight * max(0.0, (lights[i].z - against) / size);
            weights += weight;
        }
    }
    return min(1.3, ambient + (1.0 - ambient) * sum / weights / levelLight);
}

// Height, rise and light of one sample.
vec4 sampleAt(vec2 corner) {
    vec3 ground = texture2D(relief, (corner + 0.5) / reliefSize).rgb;
    return vec4(ground, lightOn(ground.yz));
}

// Pixels are smaller than samples: between four of these, evenly.
vec4 groundAt(vec2 pixel) {
    vec2 place = clamp(reliefOrigin + pixel * reliefStep - 0.5, vec2(0.0), reliefSize - 1.001);
    vec2 corner = floor(place);
    vec2 share = place - corner;
    return mix(mix(sampleAt(corner), sampleAt(corner + vec2(1.0, 0.0)), share.x),
               mix(sampleAt(corner + vec2(0.0, 1.0)), sampleAt(corner + vec2(1.0, 1.0)), share.x), share.y);
}

float contourCover(vec4 ground, float spacing, float halfWidth) {
    float offset = abs(ground.x - spacing * floor(ground.x / spacing + 0.5));
    float risePerPixel = max(length(ground.yz) * pixelSize, 1e-4);
    // Where lines would touch each other they fade.
    float fade = clamp(spacing / (risePerPixel * 6.0) - 0.5, 0.0, 1.0);
    return fade * clamp(halfWidth + 0.5 - offset / risePerPixel, 0.0, 1.0);
}

vec3 tinted(vec4 ground, vec3 picture) {
    float steepness = length(ground.yz);
    if (tint == 1)
        return vec3(grey);
    if (tint == 2)
        return colorOf(colors, (degrees(atan(steepness)) - range.x) / (range.y - range.x));
    if (tint == 3) {
        // Downhill, clockwise from north, as a hue.
        float aspect = (steepness > 0.0 ? atan(-ground.y, -ground.z) : 0.0) - radians(trueNorth);
        float strength = clamp(steepness / 0.3, 0.0, 1.0);
        vec3 hue = vec3(aspect) - radians(vec3(0.0, 120.0, 240.0));
        return floor(clamp(170.0 + 75.0 * strength * cos(hue), 0.0, 255.0)) / 255.0;
    }
    if (tint == 4)
        return colorOf(colors, (ground.x - range.x) / (range.y - range.x));
    return picture;
}
#endif

void main() {
    vec2 place = gl_FragCoord.xy / pictureSize;
    if (texture2D(mask, place).r < 0.5) {
        gl_FragColor = vec4(0.0); // colours are zero where there are no data, see terrain.frag
        return;
    }
    vec3 color = vec3(0.0);
#ifdef NUNATAK_GIVEN
    color = texture2D(given, place).rgb;
#endif
#ifdef NUNATAK_COMPOSITE
    color = vec3(shownAs(storedNumber(firstBand, place)).r, shownAs(storedNumber(secondBand, place)).g,
                 shownAs(storedNumber(thirdBand, place)).b);
#endif
#ifdef NUNATAK_INDEX
    float first = storedLow.x + (storedNumber(firstBand, place) - 1.0) * storedStep.x;
    float second = storedLow.y + (storedNumber(secondBand, place) - 1.0) * storedStep.y;
    float index = range.x;
    if (isRatio)
        index = first / max(second, 1e-4);
    else if (first + second != 0.0)
        index = (first - second) / (first + second);
    color = colorOf(colors, (index - range.x) / (range.y - range.x));
#endif
#ifdef NUNATAK_GROUND
    vec4 ground = groundAt(gl_FragCoord.xy);
    float line = 0.0;
    if (contourInterval > 0.0)
        line = max(0.7 * contourCover(ground, contourInterval, 0.3),
                   contourCover(ground, 5.0 * contourInterval, 0.7));
    color = asBytes(tinted(ground, color) * (1.0 + shading * (ground.w - 1.0)) * (1.0 - 0.65 * line));
#endif
#ifdef NUNATAK_OVERLAY
    vec4 over = texture2D(overlay, place);
    // A value that is none was stored as less than any.
    if (over.r > -1e37) {
        vec3 above = overlayHasColors
                         ? over.rgb / 255.0
                         : colorOf(overlayColors, (over.r - overlayRange.x) / max(overlayRange.y - overlayRange.x, 1e-30));
        color = asBytes(mix(color, above, overlayOpacity));
    }
#endif
    gl_FragColor = vec4(color, 1.0);
}
