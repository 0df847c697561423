// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Winograd's F(4 × 4, 3 × 3) computes 4 × 4 outputs of a 3 × 3 convolution with 36 products instead of 144,
// by evaluating polynomials at six points: 0, ±inner, ±outer and infinity. The usual choice (±1, ±2) loses a
// factor of three in accuracy against the plain sum; with these it is 1.4 (on random data), and both are
// exact in binary.
namespace nunatak::models::cpu::winograd {

inline constexpr float inner = 0.75f;
inline constexpr float outer = 1.5f;
inline constexpr int points = 36;

} // namespace nunatak::models::cpu::winograd
