#version 120
// SPDX-License-Identifier: GPL-3.0-or-later
// Terrain in metres around a local origin; the drape is laid on from straight above.
uniform vec2 drapeOrigin; // north-west corner of the drape in local metres
uniform vec2 drapeScale;  // 1 / its size; the second is negative, rows run southwards
varying vec2 drapePlace;

void main() {
    drapePlace = (gl_Vertex.xy - drapeOrigin) * drapeScale;
    gl_Position = gl_ModelViewProjectionMatrix * gl_Vertex;
}
