#version 120
// SPDX-License-Identifier: GPL-3.0-or-later
uniform vec4 lineColor;
uniform float halfWidth;
uniform float pixelScale;
varying vec2 along;
varying float extent;

void main() {
    float beyond = max(max(-along.x, along.x - extent), 0.0);
    float away = length(vec2(beyond, along.y));
    float cover = clamp(halfWidth * pixelScale + 0.5 - away, 0.0, 1.0);
    if (cover <= 0.0)
        discard;
    gl_FragColor = vec4(lineColor.rgb, lineColor.a * cover);
}
