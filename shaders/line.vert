#version 120
#pragma import_defines(NUNATAK_STATES)
// SPDX-License-Identifier: GPL-3.0-or-later
// One segment of a line as a rectangle of constant width in pixels, large enough for round ends. Both ends are
// projected here and the position is left in the plane of the screen, so that the fragments can measure in pixels.
attribute vec3 other;    // the segment's other end
attribute vec4 corner;   // negative or positive along, as seen from this end to the other, and across; their sizes
                         // less 1 are how far this end is along its ring in metres, and the state of the outline
                         // (see TileLines); then the heights of this end and the other on the tile's parent
uniform float morph;     // 0: on the tile's own surface, 1: on its parent's
uniform vec2 viewSize;   // pixels
uniform float halfWidth; // device-independent pixels
uniform float casing;    // more than that, of a casing in the same pass
uniform float pixelScale; // pixels per device-independent one
uniform float farWidth;  // share of its width that a line has which is seen from far away; 1: all
uniform float reach;     // how far towards the eye the line is brought, in pixels at its place
varying vec2 along;      // pixels along and across, from this segment's first end
varying float extent;    // its length in pixels
varying float thin;      // share of the width that is drawn
#ifdef NUNATAK_STATES
uniform float acceptedWider; // device-independent pixels on each side
varying float state;         // see OutlineState: 1 accepted, 3 changed are wider
varying vec2 travel;         // along the ring, in dashes with their gaps; pixels that one of those takes here

const float dashPixels = 12.0; // at the least 0.7 and at most 1.4 times as many
#endif

const float feather = 1.0;

vec4 toClip(vec4 eye) { return gl_ProjectionMatrix * eye; }

void main() {
    vec4 a = gl_ModelViewMatrix * vec4(gl_Vertex.xy, mix(gl_Vertex.z, corner.z, morph), 1.0);
    vec4 b = gl_ModelViewMatrix * vec4(other.xy, mix(other.z, corner.w, morph), 1.0);
    vec2 side = sign(corner.xy);
    bool perspective = gl_ProjectionMatrix[3][3] == 0.0;
    float cutHere = 0.0; // shares of the segment that lie behind the eye
    float cutThere = 0.0;
    if (perspective) {
        // What lies behind the eye has no place on the screen: cut the segment just in front of it.
        float nearest = -1.0;
        if (a.z > nearest && b.z > nearest) {
            gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
            along = vec2(0.0);
            extent = 0.0;
            thin = 1.0;
#ifdef NUNATAK_STATES
            state = 0.0;
            travel = vec2(0.0, 1.0);
#endif
            return;
        }
        if (a.z > nearest) {
            cutHere = (a.z - nearest) / (a.z - b.z);
            a = mix(a, b, cutHere);
        } else if (b.z > nearest) {
            cutThere = (b.z - nearest) / (b.z - a.z);
            b = mix(b, a, cutThere);
        }
    }
    vec4 clipA = toClip(a);
    vec4 clipB = toClip(b);
    vec2 screenA = clipA.xy / clipA.w * 0.5 * viewSize;
    vec2 screenB = clipB.xy / clipB.w * 0.5 * viewSize;
    vec2 span = screenB - screenA;
    float size = length(span);
    // A dot is a segment without length: its two ends still have to look at each other.
    vec2 direction = size > 1e-4 ? span / size : vec2(-side.x, 0.0);
    vec2 normal = vec2(-direction.y, direction.x);
    // Full from 12 metres in a device-independent pixel on, thinnest at 60: from there glaciers are so small that
    // lines of full width would hide them.
    float metresPerPixel = 2.0 * clipA.w / (gl_ProjectionMatrix[1][1] * viewSize.y);
    thin = mix(1.0, farWidth, clamp(log2(max(metresPerPixel * pixelScale, 1e-6) / 12.0) / log2(5.0), 0.0, 1.0));
    float wide = halfWidth + casing;
#ifdef NUNATAK_STATES
    state = abs(corner.y) - 1.0;
    wide += abs(abs(state - 2.0) - 1.0) < 0.5 ? acceptedWider : 0.0;
#endif
    float border = wide * thin * pixelScale + feather;
    vec2 screen = screenA - direction * border + normal * side.y * border;
    // Seen from the far end everything runs the other way round.
    along = side.x < 0.0 ? vec2(-border, side.y * border) : vec2(size + border, -side.y * border);
    extent = size;
#ifdef NUNATAK_STATES
    float whole = distance(gl_Vertex.xy, other.xy);
    float metres = max(whole * (1.0 - cutHere - cutThere) / max(size, 1e-4), 1e-6); // in a pixel
    // A dash has a length in metres that doubles from scale to scale, so that it stays where it is on the ground
    // while the camera moves.
    float dash = dashPixels * pixelScale * exp2(floor(log2(metres) + 0.5));
    travel = vec2(abs(corner.x) - 1.0 + side.x * (border * metres - cutHere * whole), dash / metres);
    travel.x /= dash;
#endif

    float forward = reach * pixelScale * metresPerPixel;
    if (perspective)
        forward = min(forward, 0.2 * abs(a.z));
    vec4 nearer = toClip(vec4(a.xy, a.z + forward, 1.0));
    gl_Position = vec4(screen / (0.5 * viewSize), nearer.z / nearer.w, 1.0);
}
