// SPDX-License-Identifier: GPL-3.0-or-later
#include "batches.h"

namespace nunatak::engine {

std::vector<Batch> batchesOf(const std::vector<Window>& windows, int size) {
    std::vector<Batch> batches;
    for (const Window& window : windows) {
        const bool newRow = batches.empty() || batches.back().windows.front().row != window.row;
        if (newRow && !batches.empty()) {
            batches.back().endsRow = true;
            batches.back().nextTiles = window.row;
        }
        if (newRow || batches.back().windows.size() == static_cast<std::size_t>(size)) {
            batches.emplace_back();
        }
        batches.back().windows.push_back(window);
    }
    if (!batches.empty()) {
        batches.back().endsRow = true;
    }
    return batches;
}

} // namespace nunatak::engine
