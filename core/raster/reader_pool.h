// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/raster_reader.h"

#include <functional>
#include <map>
#include <mutex>

namespace nunatak::raster {

/// Readers of several files for several threads: a thread borrows one for a while, and nobody else has it
/// meanwhile.
class ReaderPool {
public:
    ReaderPool();
    ~ReaderPool();

    /// Runs `work` with a reader of `path` that no other thread uses. Throws what opening and `work` throw.
    template <typename Result>
    Result with(const std::string& path, const std::function<Result(const RasterReader&)>& work) {
        auto reader = borrow(path);
        // Handed back only after success: a reader whose file failed is opened anew next time.
        if constexpr (std::is_void_v<Result>) {
            work(*reader);
            giveBack(path, std::move(reader));
        } else {
            Result result = work(*reader);
            giveBack(path, std::move(reader));
            return result;
        }
    }

private:
    std::unique_ptr<RasterReader> borrow(const std::string& path);
    void giveBack(const std::string& path, std::unique_ptr<RasterReader> reader);

    std::mutex m_mutex;
    std::map<std::string, std::vector<std::unique_ptr<RasterReader>>> m_idle;
};

} // namespace nunatak::raster
