// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace nunatak::ui::viewport {

/// As long as one lives, every place that the mouse tells reaches the program. Elsewhere Qt keeps of those
/// that came while the window was busy only the last one (on X11; it looks at the attribute at each event).
class EveryMove {
public:
    EveryMove() { QCoreApplication::setAttribute(Qt::AA_CompressHighFrequencyEvents, false); }
    EveryMove(const EveryMove&) = delete;
    EveryMove& operator=(const EveryMove&) = delete;
    ~EveryMove() { QCoreApplication::setAttribute(Qt::AA_CompressHighFrequencyEvents, m_was); }

private:
    const bool m_was = QCoreApplication::testAttribute(Qt::AA_CompressHighFrequencyEvents);
};

} // namespace nunatak::ui::viewport
