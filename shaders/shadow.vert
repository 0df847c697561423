#version 120
// SPDX-License-Identifier: GPL-3.0-or-later
uniform float plinthFoot;
varying vec2 place;

void main() {
    vec4 position = vec4(gl_Vertex.xy, plinthFoot, 1.0);
    place = gl_Vertex.xy;
    gl_Position = gl_ModelViewProjectionMatrix * position;
}
