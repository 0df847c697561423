#version 120
// SPDX-License-Identifier: GPL-3.0-or-later
// The whole of a tile's picture.
void main() {
    gl_Position = vec4(gl_Vertex.xy, 0.0, 1.0);
}
