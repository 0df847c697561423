// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/guarded.h"

#include "base/out_of_memory.h"
#include "network/torch_compat.h"

#include <new>

namespace nunatak::models {

void rethrowAsError() {
    try {
        throw;
    } catch (const Error&) {
        throw;
    } catch (const std::bad_alloc&) {
        throw OutOfMemory("There is not enough memory for the network; use a smaller batch or tile.");
    } catch (const c10::Error& error) {
        // The first line says what; the rest is a stack trace for LibTorch's developers.
        const std::string text = error.what_without_backtrace();
        const auto line = text.substr(0, text.find('\n'));
        if (text.find("not enough memory") != std::string::npos ||
            text.find("out of memory") != std::string::npos) {
            throw OutOfMemory("There is not enough memory for the network; use a smaller batch or tile (" +
                              line + ").");
        }
        throw Error("The network cannot be computed: LibTorch says \"" + line + "\".");
    } catch (const std::exception& error) {
        throw Error("The network cannot be computed: " + std::string(error.what()) + ".");
    } catch (...) {
        throw Error("The network cannot be computed, for a reason that LibTorch does not name.");
    }
}

} // namespace nunatak::models
