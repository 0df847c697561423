// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <utility>

namespace nunatak::ui {

/// Makes an object that a Qt parent, layout or container takes over. A value in between would be destroyed
/// twice.
template <typename T, typename... Arguments> T* owned(Arguments&&... arguments) {
    return std::make_unique<T>(std::forward<Arguments>(arguments)...).release();
}

} // namespace nunatak::ui
