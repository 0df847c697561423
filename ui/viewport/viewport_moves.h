// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QEvent>

namespace nunatak::ui::viewport {

/// What a hand does besides comes after the move that waits, which is asked for before.
bool endsMove(QEvent::Type type);

} // namespace nunatak::ui::viewport
