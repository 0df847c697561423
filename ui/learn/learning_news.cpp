// SPDX-License-Identifier: GPL-3.0-or-later
// What comes from the training thread to the panel.
#include "ui/learn/learn_controller.h"

#include "ui/base/format.h"

#include <QPointer>

#include <utility>

namespace nunatak::ui::learn {

std::shared_ptr<tasks::LearningWatch> LearnController::watch() {
    auto watch = std::make_shared<tasks::LearningWatch>();
    const QPointer<LearnController> self(this);
    // From the training thread; the job ends before this object does, so `self` can still be asked. What
    // comes of a run that has ended meanwhile is of no interest.
    const auto tell = [self, key = watch.get()](auto&& action) {
        QMetaObject::invokeMethod(
            self.data(),
            [self, key, action = std::forward<decltype(action)>(action)] {
                if (self->m_watch.get() == key) {
                    action(*self);
                }
            },
            Qt::QueuedConnection);
    };
    watch->wentOn = [tell](const training::TrainingState& sofar, int steps) {
        tell([losses = sofar.losses, measured = sofar.measured, steps](LearnController& of) {
            if (!losses.empty()) {
                of.m_hasSteps = true;
                of.m_panel.run().begin(text(of.m_job != nullptr ? of.m_job->title() : std::string()), steps,
                                       losses);
                for (const auto& at : measured) {
                    of.m_panel.run().addIou(at);
                }
            }
        });
    };
    watch->stepped = [tell](int step, double loss) {
        tell([step, loss](LearnController& of) {
            of.m_hasSteps = true;
            of.m_panel.run().addLoss(step, loss);
        });
    };
    watch->measured = [tell](const training::MeasuredAt& at) {
        tell([at](LearnController& of) { of.m_panel.run().addIou(at); });
    };
    watch->examples = [tell](const std::vector<training::Example>& tiles) {
        tell([tiles](LearnController& of) { of.m_panel.run().setExamples(tiles); });
    };
    watch->noted = [tell](const std::string& sentence) {
        tell([sentence](LearnController& of) { of.m_panel.run().addNote(text(sentence)); });
    };
    watch->timeLeft = [tell](double seconds) {
        tell([seconds](LearnController& of) { of.m_panel.run().setTimeLeft(seconds); });
    };
    return watch;
}

} // namespace nunatak::ui::learn
