// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/queue_delegate.h"

#include "ui/review/queue_model.h"

#include <QApplication>
#include <QIcon>
#include <QPainter>

#include <algorithm>

namespace nunatak::ui::review {

namespace {

constexpr int margin = 4;
constexpr int bar = 4;
constexpr int icon = 16;

/// On dark and on light panels.
const QColor needs(224, 142, 0);

} // namespace

QSize QueueDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& /*index*/) const {
    return {0, 2 * option.fontMetrics.height() + 2 * margin};
}

void QueueDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
    QStyleOptionViewItem plain = option;
    initStyleOption(&plain, index);
    plain.text.clear();
    plain.icon = {};
    plain.features &= ~QStyleOptionViewItem::HasDecoration;
    const auto* style = plain.widget != nullptr ? plain.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &plain, painter, plain.widget);

    const bool isSelected = (option.state & QStyle::State_Selected) != 0;
    const auto group = (option.state & QStyle::State_Active) != 0 ? QPalette::Active : QPalette::Inactive;
    const QColor ink = option.palette.color(group, isSelected ? QPalette::HighlightedText : QPalette::Text);
    QColor pale = isSelected ? ink : option.palette.color(group, QPalette::PlaceholderText);
    if (isSelected) {
        pale.setAlphaF(0.8F);
    }
    painter->save();
    QColor strength = needs;
    strength.setAlphaF(static_cast<float>(std::clamp(index.data(QueueModel::Score).toDouble(), 0.08, 1.0)));
    painter->fillRect(QRect(option.rect.left(), option.rect.top() + 1, bar, option.rect.height() - 2),
                      strength);

    const QFontMetrics& metrics = option.fontMetrics;
    QRect line = option.rect.adjusted(bar + margin + 2, margin, -margin - 2, -margin);
    line.setHeight(metrics.height());
    QRect second = line.translated(0, metrics.height());
    painter->setFont(option.font);
    painter->setPen(pale);
    const QString size = index.data(QueueModel::Size).toString();
    painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, size);
    line.setRight(line.right() - metrics.horizontalAdvance(size) - 2 * margin);
    if (const auto sign = index.data(Qt::DecorationRole).value<QIcon>(); !sign.isNull()) {
        sign.paint(painter, QRect(line.right() - icon, line.top() + (line.height() - icon) / 2, icon, icon));
        line.setRight(line.right() - icon - margin);
    }
    painter->setPen(ink);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                      metrics.elidedText(index.data().toString(), Qt::ElideMiddle, line.width()));
    painter->setPen(pale);
    painter->drawText(
        second, Qt::AlignLeft | Qt::AlignVCenter,
        metrics.elidedText(index.data(QueueModel::Why).toString(), Qt::ElideRight, second.width()));
    painter->restore();
}

} // namespace nunatak::ui::review
