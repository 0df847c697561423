#version 120
#pragma import_defines(NUNATAK_HOLES, NUNATAK_PREVIEW, NUNATAK_FADE, NUNATAK_OTHER, NUNATAK_COORDINATES)
// SPDX-License-Identifier: GPL-3.0-or-later
// The picture unlit: the sun is in it already.
uniform sampler2D drape;
varying vec2 drapePlace;
#ifdef NUNATAK_PREVIEW
uniform sampler2D preview;
varying vec2 previewPlace;
#endif
#ifdef NUNATAK_FADE
uniform sampler2D coarseDrape;
uniform float morph;
varying vec2 coarsePlace;
#endif
#ifdef NUNATAK_OTHER
uniform sampler2D otherDrape; // of the scene compared with, where the picture of this one lies
uniform float otherFrom;      // pixels from the left from which on it is shown
#endif
#ifdef NUNATAK_COORDINATES
uniform vec4 coordinateFrame; // local west and south, then 1 / the size that 4096 steps span
varying vec2 mapPlace;
#endif

void main() {
    vec4 color = texture2D(drape, drapePlace);
#ifdef NUNATAK_HOLES
    if (color.a < 0.5 || drapePlace.x < 0.0 || drapePlace.y < 0.0 || drapePlace.x > 1.0 || drapePlace.y > 1.0)
        discard;
    // Colours are zero where there are no data: divided by the alpha they are the mean of the pixels that exist.
    color.rgb /= color.a;
#endif
#ifdef NUNATAK_FADE
    vec4 before = texture2D(coarseDrape, coarsePlace);
    if (before.a > 0.5)
        color.rgb = mix(color.rgb, before.rgb / before.a, morph);
#endif
#ifdef NUNATAK_OTHER
    if (gl_FragCoord.x >= otherFrom) {
        vec4 other = texture2D(otherDrape, drapePlace);
        color.rgb = other.a > 0.5 ? other.rgb / other.a : vec3(0.62);
    }
#endif
#ifdef NUNATAK_PREVIEW
    vec4 tint = texture2D(preview, previewPlace);
    color.rgb = mix(color.rgb, tint.rgb, tint.a);
#endif
#ifdef NUNATAK_COORDINATES
    // For tests: where on the map this pixel is, 12 bits for each axis; the low four bits of both share blue.
    vec2 steps = floor(clamp((mapPlace - coordinateFrame.xy) * coordinateFrame.zw, 0.0, 0.99999) * 4096.0);
    vec2 high = floor(steps / 16.0);
    vec2 low = steps - high * 16.0;
    color.rgb = vec3(high, low.x * 16.0 + low.y) / 255.0;
#endif
    gl_FragColor = vec4(color.rgb, 1.0);
}
