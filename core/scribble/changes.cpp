// SPDX-License-Identifier: GPL-3.0-or-later
#include "scribble/changes.h"

#include "prediction/confidence.h"

#include <functional>
#include <utility>

namespace nunatak::scribble {

namespace {

/// The pieces of what `isOf` says, from north to south.
std::vector<Piece> piecesOf(int rows, int columns, const std::function<bool(std::size_t)>& isOf) {
    std::vector<Piece> pieces;
    const auto count = static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
    std::vector<bool> isTaken(count);
    const auto width = static_cast<std::size_t>(columns);
    for (std::size_t start = 0; start < count; ++start) {
        if (isTaken[start] || !isOf(start)) {
            continue;
        }
        Piece piece;
        isTaken[start] = true;
        piece.pixels.push_back(static_cast<std::uint32_t>(start));
        const auto take = [&](std::size_t pixel) {
            if (!isTaken[pixel] && isOf(pixel)) {
                isTaken[pixel] = true;
                piece.pixels.push_back(static_cast<std::uint32_t>(pixel));
            }
        };
        for (std::size_t next = 0; next < piece.pixels.size(); ++next) {
            const std::size_t pixel = piece.pixels[next];
            if (pixel % width > 0) {
                take(pixel - 1);
            }
            if (pixel % width + 1 < width) {
                take(pixel + 1);
            }
            if (pixel >= width) {
                take(pixel - width);
            }
            if (pixel + width < count) {
                take(pixel + width);
            }
        }
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

} // namespace

Changes changesOf(const Image<std::uint8_t>& before, const Image<std::uint8_t>& after,
                  const Image<std::int32_t>& outlined, const std::vector<StrokePixels>& strokes,
                  std::size_t least) {
    std::vector<std::uint8_t> drawn(after.bandSize()); // 1: ice was said there, 2: none, the last word counts
    for (const auto& stroke : strokes) {
        for (const auto pixel : stroke.pixels) {
            drawn[pixel] = stroke.isIce ? 1 : 2;
        }
    }
    const auto changed = [&](bool isIce) {
        const auto now = isIce ? prediction::Glacier : prediction::Background;
        const auto differs = [&](std::size_t i) {
            return after.values()[i] == now && (outlined.values()[i] > 0) != isIce;
        };
        std::vector<Piece> taken;
        std::vector<bool> isMeant(after.bandSize());
        for (auto& piece : piecesOf(after.rows(), after.columns(), differs)) {
            for (const auto pixel : piece.pixels) {
                piece.isMeant = piece.isMeant || drawn[pixel] == (isIce ? 1 : 2);
            }
            if (piece.isMeant) {
                for (const auto pixel : piece.pixels) {
                    isMeant[pixel] = true;
                }
                taken.push_back(std::move(piece));
            }
        }
        const auto isNew = [&](std::size_t i) {
            return differs(i) && !isMeant[i] && before.values()[i] != now &&
                   before.values()[i] != prediction::NotPredicted;
        };
        for (auto& piece : piecesOf(after.rows(), after.columns(), isNew)) {
            if (piece.pixels.size() >= least) {
                taken.push_back(std::move(piece));
            }
        }
        return taken;
    };
    return {changed(true), changed(false)};
}

} // namespace nunatak::scribble
