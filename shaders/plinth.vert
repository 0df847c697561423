#version 120
// SPDX-License-Identifier: GPL-3.0-or-later
// Side walls of the block: upper vertices at the ground, lower ones at the plinth's foot.
attribute vec4 wall;          // outward normal on the map; 1 at the top, 0 at the foot; height as the tile's parent
uniform float morph;          // 0: the tile's own surface, 1: its parent's
uniform float plinthFoot;     // height of the foot, before exaggeration
uniform float plinthTop;      // highest ground, before exaggeration
varying float shade;
varying float level;

void main() {
    vec4 position = vec4(gl_Vertex.xy, mix(gl_Vertex.z, wall.w, morph), 1.0);
    if (wall.z < 0.5)
        position.z = plinthFoot;
    level = (position.z - plinthFoot) / max(plinthTop - plinthFoot, 1.0);
    // Light from the upper left of the screen, so that neighbouring walls differ from every side.
    vec3 normal = normalize(gl_NormalMatrix * vec3(wall.xy, 0.0));
    shade = 0.80 + 0.20 * dot(normal, normalize(vec3(-0.75, 0.35, 0.55)));
    gl_Position = gl_ModelViewProjectionMatrix * position;
}
