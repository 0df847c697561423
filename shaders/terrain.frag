#version 120
#pragma import_defines(NUNATAK_HOLES, NUNATAK_PREVIEW)
// SPDX-License-Identifier: GPL-3.0-or-later
// The picture unlit: the sun is in it already.
uniform sampler2D drape;
#ifdef NUNATAK_PREVIEW
uniform sampler2D preview;
#endif
varying vec2 drapePlace;

void main() {
    vec4 color = texture2D(drape, drapePlace);
#ifdef NUNATAK_HOLES
    if (color.a < 0.5 || drapePlace.x < 0.0 || drapePlace.y < 0.0 || drapePlace.x > 1.0 || drapePlace.y > 1.0)
        discard;
    // Colours are zero where there are no data: divided by the alpha they are the mean of the pixels that exist.
    color.rgb /= color.a;
#endif
#ifdef NUNATAK_PREVIEW
    vec4 tint = texture2D(preview, drapePlace);
    color.rgb = mix(color.rgb, tint.rgb, tint.a);
#endif
    gl_FragColor = vec4(color.rgb, 1.0);
}
