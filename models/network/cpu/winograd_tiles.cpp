// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/winograd_tiles.h"

#include <cstring>

namespace nunatak::models::cpu {

int winogradTiles(const Map& map) {
    return ((map.rows + 3) / 4) * ((map.columns + 3) / 4);
}

WinogradPlace winogradPlace(int tile, const Map& map) {
    const int across = (map.columns + 3) / 4;
    const int ofOne = winogradTiles(map);
    const int inImage = tile % ofOne;
    return {tile / ofOne, inImage / across * 4, inImage % across * 4};
}

Patch winogradPatch(const WinogradPlace& place, const Map& in, float* copy) {
    const int top = place.row - 1;
    const int left = place.column - 1;
    if (top >= 0 && left >= 0 && top + 6 <= in.rows && left + 6 <= in.columns) {
        return {in.row(top) + left * in.stride, in.rowStride(), in.stride};
    }
    const auto bytes = static_cast<std::size_t>(in.channels) * sizeof(float);
    for (int y = 0; y < 6; ++y) {
        for (int x = 0; x < 6; ++x) {
            float* to = copy + (y * 6 + x) * in.channels;
            const int row = top + y;
            const int column = left + x;
            if (row >= 0 && row < in.rows && column >= 0 && column < in.columns) {
                std::memcpy(to, in.row(row) + column * in.stride, bytes);
            } else {
                std::memset(to, 0, bytes);
            }
        }
    }
    return {copy, static_cast<std::ptrdiff_t>(6) * in.channels, in.channels};
}

} // namespace nunatak::models::cpu
