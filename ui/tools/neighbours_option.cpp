// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/neighbours_option.h"

#include <QCoreApplication>

#include <array>

namespace nunatak::ui::tools {

namespace {

using nunatak::editing::Neighbours;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

constexpr auto id = "neighbours";
constexpr std::array values{Neighbours::Together, Neighbours::NoOverlap, Neighbours::Alone};

} // namespace

Option neighboursOption() {
    return {
        id,
        Words::tr("Neighbours"),
        Words::tr("What a new line means for glaciers beside it: a shared line changes for both; it stops "
                  "at theirs; or it leaves them, and may leave a gap"),
        QKeySequence(Qt::Key_T),
        {Words::tr("together"), Words::tr("no overlap"), Words::tr("alone")}};
}

std::optional<Neighbours> chosenNeighbours(const QString& option, int value) {
    return option == QLatin1String(id) ? std::optional(values.at(static_cast<std::size_t>(value)))
                                       : std::nullopt;
}

} // namespace nunatak::ui::tools
