#version 120
// SPDX-License-Identifier: GPL-3.0-or-later
// The soft shadow of the block on the ground it stands on.
uniform vec2 blockHalf;   // half its width and height
uniform float softness;   // metres over which the shadow fades
uniform float darkness;
varying vec2 place;

void main() {
    float away = length(max(abs(place) - blockHalf, 0.0)) / softness;
    float fade = max(0.0, 1.0 - away);
    gl_FragColor = vec4(0.10, 0.14, 0.20, darkness * fade * fade * fade);
}
