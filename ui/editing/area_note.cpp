// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/area_note.h"

#include "ui/base/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace nunatak::ui::editing {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

constexpr double smallest = 1e4; // square metres that are said in km²

} // namespace

QString areaChangeText(const nunatak::editing::Edit& edit) {
    double before = 0;
    double after = 0;
    for (const auto& change : edit.changes) {
        before += change.before ? change.before->area() : 0;
        after += change.after ? change.after->area() : 0;
    }
    const double difference = after - before;
    if (difference == 0) {
        return {};
    }
    const auto sign = difference > 0 ? QStringLiteral("+") : QStringLiteral("−");
    const double size = std::abs(difference);
    QString words =
        sign + (size < smallest ? Words::tr("%1 m²").arg(QLocale().toString(size, 'f', 0)) : areaText(size));
    if (before > 0) {
        const double percent = 100 * size / before;
        const bool hasDecimals = percent < 10;
        words += QStringLiteral(" (%1%2 %)")
                     .arg(sign, QLocale().toString(percent, hasDecimals ? 'g' : 'f', hasDecimals ? 2 : 0));
    }
    return words;
}

} // namespace nunatak::ui::editing
