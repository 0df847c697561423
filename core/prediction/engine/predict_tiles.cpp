// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tile_engine.h"

#include "base/error.h"
#include "blend_band.h"
#include "read_ahead.h"

#include <deque>

namespace nunatak::engine {

namespace {

/// A batch at the network.
struct Submitted {
    std::vector<Window> windows;
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

void checkAnswer(const std::vector<Image<float>>& images, const std::vector<Window>& windows) {
    if (images.size() != windows.size()) {
        throw Error("The network answered " + std::to_string(windows.size()) + " tiles with " +
                    std::to_string(images.size()) + " results; the model does not fit this program.");
    }
    for (std::size_t i = 0; i < images.size(); ++i) {
        if (images[i].bands() != 1 || images[i].rows() != windows[i].rows ||
            images[i].columns() != windows[i].columns) {
            throw Error(
                "The network answered with a tile of another size than it was given; the model does not fit "
                "this program.");
        }
    }
}

} // namespace

void predictTiles(int columns, int rows, const TilingOptions& options, TileSource& source,
                  const TilePredictor& predictor, RowSink& sink, const Progress& progress) {
    auto windows = tileWindows(columns, rows, options);
    if (options.wanted) {
        std::erase_if(windows, [&](const Window& window) { return !options.wanted(window); });
    }
    BlendBand band(columns, rows, options.tile, sink);

    // One stop for reader and network: the user's, or ours when something fails.
    std::stop_source stop;
    const std::stop_callback forward(progress.stopToken(), [&stop] { stop.request_stop(); });
    // Destroyed from the last to the first: stop, then wait for the network, then for the reader.
    ReadAhead reader(source, windows, options.batch, stop.get_token());
    Submissions submissions;
    const StopAtEnd stopAtEnd{stop};

    std::size_t done = 0;
    while (true) {
        progress.throwIfStopped();
        // Two batches at the network: it goes on with the second while the first is blended and written.
        while (submissions.size() < 2) {
            auto batch = reader.next();
            if (!batch) {
                break;
            }
            auto answer = predictor(std::move(batch->tiles), stop.get_token());
            submissions.push({std::move(batch->windows), std::move(answer)});
        }
        if (submissions.size() == 0) {
            break;
        }
        Submitted& first = submissions.front();
        const auto images = first.answer.get();
        progress.throwIfStopped();
        checkAnswer(images, first.windows);
        for (std::size_t i = 0; i < images.size(); ++i) {
            band.add(first.windows[i], images[i]);
            if (options.onTile) {
                options.onTile(first.windows[i], images[i]);
            }
        }
        done += images.size();
        submissions.pop();
        progress.report(static_cast<double>(done) / static_cast<double>(windows.size()), "Predicting");
    }
    band.finish();
}

} // namespace nunatak::engine
