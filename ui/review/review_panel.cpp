// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/review_panel.h"

#include "ui/base/empty_hint.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/base/panel_parts.h"
#include "ui/review/difference_box.h"
#include "ui/review/filter_bar.h"
#include "ui/review/queue_delegate.h"
#include "ui/review/queue_model.h"
#include "ui/review/verdict_box.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

namespace nunatak::ui::review {

namespace {

constexpr int barSteps = 1000;

QLabel* wrapped(const char* name) {
    auto* label = owned<QLabel>();
    label->setObjectName(QLatin1String(name));
    label->setWordWrap(true);
    return label;
}

QFrame* rule() {
    auto* line = owned<QFrame>();
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Sunken);
    return line;
}

QString paceText(const nunatak::review::ReviewProgress& progress) {
    QString words =
        ReviewPanel::tr("%1 of %2 reviewed").arg(areaText(progress.areaReviewed), areaText(progress.area));
    if (progress.secondsPerVerdict) {
        words +=
            ReviewPanel::tr(", %1 s a glacier").arg(QLocale().toString(*progress.secondsPerVerdict, 'f', 0));
    }
    return words;
}

} // namespace

ReviewPanel::ReviewPanel(QWidget* parent) : QWidget(parent) {
    m_progress = wrapped("reviewProgress");
    QFont bold = m_progress->font();
    bold.setBold(true);
    m_progress->setFont(bold);
    m_bar = owned<QProgressBar>();
    m_bar->setObjectName(QStringLiteral("reviewBar"));
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(6);
    m_bar->setRange(0, barSteps);
    m_pace = wrapped("reviewPace");
    m_pace->setForegroundRole(QPalette::PlaceholderText);
    m_pace->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_pace->setMinimumHeight(2 * m_pace->fontMetrics().lineSpacing()); // the list below stays where it is
    m_basis = wrapped("reviewBasis");
    m_basis->setForegroundRole(QPalette::PlaceholderText);
    m_lock = wrapped("reviewLock");
    m_start = owned<QPushButton>(QIcon::fromTheme(QStringLiteral("document-edit")), tr("Start inventory"));
    m_start->setObjectName(QStringLiteral("reviewStartInventory"));
    m_start->setToolTip(
        tr("Make an inventory of the glaciers of this layer, which can be judged and changed"));
    m_filters = owned<FilterBar>();
    buildList();
    m_verdicts = owned<VerdictBox>();
    m_difference = owned<DifferenceBox>();

    auto* above = owned<QVBoxLayout>();
    above->setContentsMargins(6, 6, 6, 6);
    above->setSpacing(4);
    above->addLayout(buildHead());
    for (QWidget* part : std::initializer_list<QWidget*>{m_progress, m_bar, m_pace, m_basis, m_lock}) {
        above->addWidget(part);
    }
    above->addWidget(m_start, 0, Qt::AlignLeft);
    above->addWidget(m_filters);
    auto* below = owned<QVBoxLayout>();
    below->setContentsMargins(6, 6, 6, 6);
    below->setSpacing(4);
    below->addWidget(m_verdicts);
    below->addWidget(m_difference);
    below->addWidget(rule());
    below->addLayout(buildFoot());
    auto* inside = owned<QWidget>();
    auto* layout = owned<QVBoxLayout>(inside);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(above);
    layout->addWidget(m_list, 1);
    layout->addLayout(below);
    makeScrolling(*this, inside); // below another panel it may be low
    // A verdict's button leaves the keyboard to the note, and so does what it lies on.
    findChild<QScrollArea*>()->setFocusPolicy(Qt::NoFocus);
    setMinimumWidth(270);

    connect(m_measure, &QPushButton::clicked, this, [this] {
        if (m_isBusy) {
            Q_EMIT stopRequested();
        } else {
            Q_EMIT measureRequested();
        }
    });
    connect(m_layer, &QComboBox::activated, this, [this] { Q_EMIT layerChosen(layer()); });
    connect(m_start, &QPushButton::clicked, this, &ReviewPanel::startInventoryRequested);
    connect(m_verdicts, &VerdictBox::left, this, &ReviewPanel::left);
    connect(m_filters, &FilterBar::left, this, &ReviewPanel::left);
    setBusy(false);
    setLocked({}, false);
    showQueue({}, {});
    showBasis({}, {});
}

QHBoxLayout* ReviewPanel::buildHead() {
    m_layer = owned<QComboBox>();
    m_layer->setObjectName(QStringLiteral("reviewLayer"));
    m_layer->setToolTip(tr("The layer that is gone through"));
    m_layer->setMinimumContentsLength(8);
    m_layer->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_measure = owned<QPushButton>();
    m_measure->setObjectName(QStringLiteral("reviewMeasure"));
    auto* head = owned<QHBoxLayout>();
    head->addWidget(m_layer, 1);
    head->addWidget(m_measure);
    return head;
}

void ReviewPanel::buildList() {
    m_model = owned<QueueModel>(this);
    m_list = owned<QListView>();
    m_list->setObjectName(QStringLiteral("queue"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(owned<QueueDelegate>(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMinimumHeight(120); // three rows
    m_list->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    m_empty = showWhileEmpty(m_list, {});
    connect(m_empty, &QLabel::linkActivated, this,
            [this] { m_filters->showOnly(QueueFilter::Show::Doubtful); });
    connect(m_list, &QListView::clicked, this, &ReviewPanel::activate);
    connect(m_list, &QListView::activated, this, &ReviewPanel::activate); // by Enter
}

QHBoxLayout* ReviewPanel::buildFoot() {
    m_goesOn = owned<QCheckBox>(tr("Go on"));
    m_goesOn->setObjectName(QStringLiteral("reviewGoesOn"));
    m_goesOn->setToolTip(tr("After a verdict the next glacier of the queue comes by itself"));
    connect(m_goesOn, &QCheckBox::toggled, this, &ReviewPanel::goesOnChosen);
    m_confidence = owned<QToolButton>();
    m_confidence->setObjectName(QStringLiteral("reviewConfidence"));
    m_confidence->setAutoRaise(true);
    m_reviewer = owned<QLineEdit>();
    m_reviewer->setObjectName(QStringLiteral("reviewer"));
    m_reviewer->setPlaceholderText(tr("Your name"));
    m_reviewer->setToolTip(
        tr("Your name, which signs verdicts, notes and edits; empty: as the system knows you"));
    connect(m_reviewer, &QLineEdit::editingFinished, this,
            [this] { Q_EMIT reviewerChosen(m_reviewer->text().trimmed()); });
    connect(m_reviewer, &QLineEdit::returnPressed, this, &ReviewPanel::left);
    auto* foot = owned<QHBoxLayout>();
    foot->setSpacing(4);
    foot->addWidget(m_goesOn);
    foot->addWidget(m_confidence);
    foot->addWidget(m_reviewer, 1);
    return foot;
}

void ReviewPanel::setLayers(const QStringList& layers, const LayerTitle& title, const QString& wanted) {
    fillLayers(*m_layer, layers, title, wanted);
    setBusy(m_isBusy);
}

void ReviewPanel::setLayer(const QString& layer) {
    m_layer->setCurrentIndex(m_layer->findData(layer));
}

QString ReviewPanel::layer() const {
    return chosenLayer(*m_layer);
}

void ReviewPanel::setBusy(bool isBusy) {
    m_isBusy = isBusy;
    m_measure->setText(isBusy ? tr("Stop") : tr("Measure"));
    m_measure->setIcon(
        QIcon::fromTheme(isBusy ? QStringLiteral("process-stop") : QStringLiteral("view-refresh")));
    m_measure->setToolTip(isBusy ? tr("Stop measuring; the order is by what is known until then")
                                 : tr("Measure anew how much each glacier needs an eye; what changes is "
                                      "measured by itself"));
    m_measure->setEnabled(m_layer->count() > 0);
}

void ReviewPanel::showQueue(const nunatak::review::ReviewQueue::Entries& entries,
                            const nunatak::review::ReviewProgress& progress) {
    m_model->setEntries(entries);
    showProgress(progress);
    setCurrent(std::string(m_current));
}

void ReviewPanel::showSteps(const nunatak::review::ReviewQueue::Steps& steps,
                            const nunatak::review::ReviewProgress& progress) {
    m_model->apply(steps);
    showProgress(progress);
    setCurrent(std::string(m_current));
}

void ReviewPanel::showProgress(const nunatak::review::ReviewProgress& progress) {
    const bool isAny = progress.count.outlines > 0;
    m_progress->setText(isAny ? text(nunatak::review::inWords(progress)) : tr("No glaciers"));
    m_bar->setVisible(isAny);
    m_pace->setVisible(isAny);
    m_bar->setValue(isAny ? static_cast<int>(std::lround(barSteps * (1 - static_cast<double>(progress.left) /
                                                                             progress.count.outlines)))
                          : 0);
    m_pace->setText(isAny ? paceText(progress) : QString());
}

void ReviewPanel::showBasis(const QString& sentence, const QString& more) {
    m_basis->setText(sentence);
    m_basis->setToolTip(more);
    m_basis->setVisible(!sentence.isEmpty());
}

void ReviewPanel::setEmptyWords(const QString& words) {
    m_empty->setText(words);
    m_empty->setAttribute(Qt::WA_TransparentForMouseEvents, !words.contains(QLatin1String("<a ")));
}

void ReviewPanel::setLocked(const QString& why, bool offersInventory) {
    m_lock->setText(why);
    m_lock->setVisible(!why.isEmpty());
    m_start->setVisible(offersInventory);
}

void ReviewPanel::setCurrent(const std::string& uuid) {
    m_current = uuid;
    const auto row = m_model->indexOf(uuid);
    if (!row.isValid()) {
        m_list->clearSelection();
        m_list->selectionModel()->clearCurrentIndex();
    } else if (row.row() != m_currentRow || row != m_list->currentIndex() ||
               !m_list->selectionModel()->isSelected(row)) {
        m_list->setCurrentIndex(row);
        m_list->scrollTo(row, QAbstractItemView::EnsureVisible);
    }
    m_currentRow = row.row();
}

void ReviewPanel::activate(const QModelIndex& index) {
    if (const auto* entry = m_model->entry(index)) {
        Q_EMIT glacierActivated(entry->glacier.outline->uuid);
    }
}

void ReviewPanel::setReviewer(const QString& name) {
    m_reviewer->setText(name);
}

void ReviewPanel::setGoesOn(bool goesOn) {
    m_goesOn->setChecked(goesOn);
}

bool ReviewPanel::goesOn() const {
    return m_goesOn->isChecked();
}

void ReviewPanel::setConfidenceAction(QAction* action) {
    m_confidence->setDefaultAction(action);
}

} // namespace nunatak::ui::review
