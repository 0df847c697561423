#version 120
// SPDX-License-Identifier: GPL-3.0-or-later
varying float rise;

void main() {
    rise = gl_Vertex.y * 0.5 + 0.5;
    gl_Position = vec4(gl_Vertex.xy, 1.0, 1.0);
}
