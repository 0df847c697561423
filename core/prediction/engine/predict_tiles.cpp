// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tile_engine.h"

#include "base/error.h"
#include "batches.h"
#include "blend_band.h"
#include "blender.h"
#include "read_ahead.h"

#include <algorithm>
#include <deque>

namespace nunatak::engine {

namespace {

/// A batch at the network.
struct Submitted {
    const Batch* batch = nullptr;
    std::future<std::vector<Image<float>>> answer;
};

/// The batches at the network, in order. Whatever happens, it waits for their answers before it goes, since
/// the network may still be reading what its owner is about to destroy.
class Submissions {
public:
    Submissions() = default;
    ~Submissions() {
        for (auto& submitted : m_batches) {
            if (submitted.answer.valid()) {
                submitted.answer.wait();
            }
        }
    }
    Submissions(const Submissions&) = delete;
    Submissions& operator=(const Submissions&) = delete;

    std::size_t size() const { return m_batches.size(); }
    void push(Submitted submitted) { m_batches.push_back(std::move(submitted)); }
    Submitted& front() { return m_batches.front(); }
    void pop() { m_batches.pop_front(); }

private:
    std::deque<Submitted> m_batches;
};

/// Requests the stop when the work ends in whatever way, so that the waiting above and the reader's end are
/// short.
struct StopAtEnd {
    std::stop_source& source;
    ~StopAtEnd() { source.request_stop(); }
};

void checkAnswer(const std::vector<Image<float>>& images, const Batch& batch, int bands) {
    if (images.size() != batch.windows.size()) {
        throw Error("The network answered " + std::to_string(batch.windows.size()) + " tiles with " +
                    std::to_string(images.size()) + " results; the model does not fit this program.");
    }
    for (std::size_t i = 0; i < images.size(); ++i) {
        if (images[i].bands() != bands || images[i].rows() != batch.windows[i].rows ||
            images[i].columns() != batch.windows[i].columns) {
            throw Error(
                "The network answered with a tile of another size than it was given; the model does not fit "
                "this program.");
        }
    }
}

} // namespace

void predictTiles(int columns, int rows, const TilingOptions& options, TileSource& source,
                  const TilePredictor& predictor, RowSink& sink, const Progress& progress,
                  const OpenRows* from) {
    auto windows = tileWindows(columns, rows, options);
    if (options.bands < 1) {
        throw Error("Tiles need at least one band.");
    }
    if (options.wanted) {
        std::erase_if(windows, [&](const Window& window) { return !options.wanted(window); });
    }
    const std::size_t all = windows.size();
    BlendBand band(columns, rows, options, sink);
    if (from != nullptr) {
        band.restore(*from);
        std::erase_if(windows, [&](const Window& window) { return window.row < from->nextTiles; });
    }
    const auto batches = batchesOf(windows, options.batch);
    if (batches.empty()) {
        band.handOverTo(rows);
        sink.rowOfTilesDone([&band] { return band.open(OpenRows::noTilesLeft); });
        return;
    }

    // One stop for readers and network: the user's, or ours when something fails.
    std::stop_source stop;
    const std::stop_callback forward(progress.stopToken(), [&stop] { stop.request_stop(); });
    // Destroyed from the last to the first: stop, then wait for the network, the readers and the blender.
    Blender blender(band, sink, options.onTile);
    ReadAhead reader(source, batches, options.readers, stop.get_token());
    Submissions submissions;
    const StopAtEnd stopAtEnd{stop};

    std::size_t done = all - windows.size();
    auto following = batches.begin();
    while (true) {
        progress.throwIfStopped();
        // Two batches at the network: it goes on with the second while the first is taken apart.
        while (submissions.size() < 2 && following != batches.end()) {
            auto tiles = reader.next();
            submissions.push({&*following++, predictor(std::move(*tiles), stop.get_token())});
        }
        if (submissions.size() == 0) {
            break;
        }
        Submitted& first = submissions.front();
        auto images = first.answer.get();
        progress.throwIfStopped();
        checkAnswer(images, *first.batch, options.bands);
        done += images.size();
        blender.put(*first.batch, std::move(images));
        submissions.pop();
        progress.report(static_cast<double>(done) / static_cast<double>(all), "Predicting");
    }
    blender.finish();
}

} // namespace nunatak::engine
