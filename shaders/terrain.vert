#version 120
#pragma import_defines(NUNATAK_PREVIEW, NUNATAK_FADE, NUNATAK_COORDINATES)
// SPDX-License-Identifier: GPL-3.0-or-later
// Terrain in metres around a local origin; pictures are laid on from straight above.
attribute float coarse;   // height on the surface of the tile's parent
uniform float morph;      // 0: the tile's own surface, 1: its parent's
uniform vec2 drapeOrigin; // north-west corner of the picture in local metres
uniform vec2 drapeScale;  // 1 / its size; the second is negative, rows run southwards
varying vec2 drapePlace;
#ifdef NUNATAK_PREVIEW
uniform vec2 previewOrigin;
uniform vec2 previewScale;
varying vec2 previewPlace;
#endif
#ifdef NUNATAK_FADE
uniform vec2 coarseOrigin;
uniform vec2 coarseScale;
varying vec2 coarsePlace;
#endif
#ifdef NUNATAK_COORDINATES
varying vec2 mapPlace;
#endif

void main() {
    drapePlace = (gl_Vertex.xy - drapeOrigin) * drapeScale;
#ifdef NUNATAK_PREVIEW
    previewPlace = (gl_Vertex.xy - previewOrigin) * previewScale;
#endif
#ifdef NUNATAK_FADE
    coarsePlace = (gl_Vertex.xy - coarseOrigin) * coarseScale;
#endif
#ifdef NUNATAK_COORDINATES
    mapPlace = gl_Vertex.xy;
#endif
    vec4 position = vec4(gl_Vertex.xy, mix(gl_Vertex.z, coarse, morph), 1.0);
    gl_Position = gl_ModelViewProjectionMatrix * position;
}
