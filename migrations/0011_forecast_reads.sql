-- Forecasts told to customers, to be summed up: some of the many kept, each read from the index alone.
CREATE INDEX wait_forecasts_told ON wait_forecasts (branch, made_at, outcome, came_ms, low_ms, median_ms, high_ms) WHERE told = 1;

-- Those whose end is not known yet.
CREATE INDEX wait_forecasts_open ON wait_forecasts (branch, made_at) WHERE outcome IS NULL;
